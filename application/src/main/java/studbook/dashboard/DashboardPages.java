package studbook.dashboard;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import studbook.dashboard.access.VisitorSessions;
import studbook.dashboard.api.JsonApi;
import studbook.dashboard.data.ChangesPage;
import studbook.dashboard.data.DriftPage;
import studbook.dashboard.data.ErrorsPage;
import studbook.dashboard.data.QualityFigures;
import studbook.dashboard.data.QualityPage;
import studbook.dashboard.data.ReportPage;
import studbook.dashboard.data.ReviewPage;
import studbook.dashboard.data.SchedulesPage;
import studbook.dashboard.horse.HorseLoader;
import studbook.dashboard.horse.HorsePage;
import studbook.dashboard.horse.HorsesPage;
import studbook.dashboard.horse.MatingFigures;
import studbook.dashboard.horse.MatingPage;
import studbook.dashboard.horse.PedigreeDocumentPage;
import studbook.dashboard.live.LiveUpdates;
import studbook.dashboard.overview.OverviewPage;
import studbook.dashboard.overview.OverviewQueries;
import studbook.dashboard.overview.TableFigures;
import studbook.dashboard.page.LastActions;
import studbook.dashboard.page.LoginPage;
import studbook.dashboard.page.OperatorActions;
import studbook.dashboard.page.PageRenderer;
import studbook.dashboard.run.RunHistories;
import studbook.dashboard.run.RunPage;
import studbook.dashboard.run.RunsPage;
import studbook.inbreeding.FigureLoader;
import studbook.time.Ticker;

/** All pages. To add a page, add it here. */
final class DashboardPages {

  private final PageRenderer renderer;
  private final VisitorSessions sessions;
  private final Jdbi reading;
  private final Jdbi computing;
  private final PageSettings settings;
  private final OperatorActions actions;
  private final LiveUpdates live;
  private final Ticker ticker;

  /**
   * @param reading for everything but actions
   * @param computing for what takes longer than a page may
   */
  DashboardPages(
      PageRenderer renderer,
      VisitorSessions sessions,
      Jdbi reading,
      Jdbi computing,
      OperatorActions actions,
      PageSettings settings,
      LiveUpdates live,
      Ticker ticker) {
    this.renderer = renderer;
    this.sessions = sessions;
    this.reading = reading;
    this.computing = computing;
    this.settings = settings;
    this.actions = actions;
    this.live = live;
    this.ticker = ticker;
  }

  void register(RoutesConfig routes) {
    Clock clock = renderer.format().clock();
    OverviewQueries overview =
        new OverviewQueries(reading, new TableFigures(reading, ticker), clock);
    QualityFigures quality =
        new QualityFigures(reading, computing, settings.thresholds(), clock, ticker);
    HorseLoader horses = new HorseLoader(reading);
    MatingFigures matings =
        new MatingFigures(
            reading, new FigureLoader(computing, settings.pedigreeThresholds(), clock));
    RunHistories histories = new RunHistories(reading, computing, ticker);
    LastActions last = new LastActions(renderer, reading);
    last.register(routes);
    new LoginPage(renderer, sessions).register(routes);
    new OverviewPage(renderer, overview, live).register(routes);
    new RunsPage(renderer, reading, actions, last).register(routes);
    new RunPage(renderer, reading, histories, actions, last, live).register(routes);
    new JsonApi(reading, actions, overview, histories, horses, matings, quality, settings.jobs())
        .register(routes);
    new ErrorsPage(renderer, reading, actions, last).register(routes);
    new ReviewPage(renderer, reading, actions, last).register(routes);
    new ChangesPage(renderer, reading).register(routes);
    new SchedulesPage(renderer, reading, actions, last, settings.jobs()).register(routes);
    new DriftPage(renderer, reading).register(routes);
    new QualityPage(renderer, quality).register(routes);
    new ReportPage(renderer, reading, computing, settings.thresholds()).register(routes);
    new HorsesPage(renderer, reading).register(routes);
    new HorsePage(renderer, horses, actions, last).register(routes);
    new PedigreeDocumentPage(horses).register(routes);
    new MatingPage(renderer, matings).register(routes);
  }
}
