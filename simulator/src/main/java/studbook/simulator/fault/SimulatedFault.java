package studbook.simulator.fault;

import java.util.List;

/** A way in which an API can fail. */
public sealed interface SimulatedFault {

  /** Its name in fault texts and statistics. */
  String label();

  /**
   * An error status with a body in the API's shape.
   *
   * @param retryAfter the values of as many Retry-After headers
   */
  record StatusFault(int code, List<String> retryAfter) implements SimulatedFault {

    public StatusFault {
      if (code < 400 || code > 599) {
        throw new IllegalArgumentException("not an error status from 400 to 599: " + code);
      }
      retryAfter = List.copyOf(retryAfter);
    }

    @Override
    public String label() {
      return Integer.toString(code);
    }
  }

  /** Faults other than a status. */
  enum FaultType implements SimulatedFault {
    /** No answer until the simulator is closed. */
    TIMEOUT("timeout"),
    /** The right answer, one byte a second. */
    SLOW("slow"),
    /** Half a body with the length of a whole one, then the connection is closed. */
    CUT("cut"),
    /** The connection is closed without an answer. */
    CLOSE("close"),
    /** 200 with a web page. */
    HTML("html"),
    /** 200 without a body. */
    EMPTY("empty"),
    /** 200 with {@code null}. */
    NULL("null"),
    /** 200 with {@code []}. */
    ARRAY("array"),
    /** 200 with ten thousand levels. */
    DEEP("deep"),
    /** 200 with half of the JSON, and a length that fits it. */
    MALFORMED("malformed"),
    /** A key occurs twice; the second value is wrong. */
    DUPLICATE_KEYS("duplicate-keys"),
    /** The profile has another horse's id. */
    WRONG_ID("wrong-id"),
    /** A value is not UTF-8. */
    INVALID_UTF8("invalid-utf8"),
    /** A value holds an escaped U+0000. */
    NUL("nul"),
    /** A string of 64 MB. */
    HUGE("huge"),
    /** 302 to another host. */
    REDIRECT("redirect"),
    /** The right answer, compressed without being requested. */
    GZIP("gzip"),
    /** Dates of birth have a time of day. */
    DOB_TIME("dob-time"),
    /** The parents' ids are numbers. */
    NUMERIC_IDS("numeric-ids"),
    /** The date of birth has another name. */
    RENAMED_DOB("renamed-dob"),
    /** The parents' ids have other names. */
    RENAMED_IDS("renamed-ids"),
    /** The parents' names are {@code false}. */
    BOOLEAN_NAMES("boolean-names"),
    /** Every value but the ids of the horses is blank. */
    BLANK("blank");

    private final String label;

    FaultType(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }
}
