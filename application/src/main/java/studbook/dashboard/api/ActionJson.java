package studbook.dashboard.api;

import studbook.dashboard.page.OperatorActions.RecordedAction;

/**
 * What became of an action.
 *
 * @param message the last line that the command printed
 */
record ActionJson(long actionId, boolean succeeded, String message) {

  static ActionJson of(RecordedAction action) {
    return new ActionJson(action.id(), action.succeeded(), action.message());
  }
}
