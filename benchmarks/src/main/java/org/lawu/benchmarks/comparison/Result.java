package org.lawu.benchmarks.comparison;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lawu's milliseconds for a workload, and those of a peer, if there is one.
 *
 * @param workload the name
 * @param peer the name with the version, or null where Lawu ran alone
 */
record Result(
    String workload, int threads, Spread lawu, @Nullable String peer, @Nullable Spread peerTimes) {
  private static final MathContext DIGITS = new MathContext(4);

  Result(String workload, int threads, Spread lawu) {
    this(workload, threads, lawu, null, null);
  }

  /**
   * Those of a workload, one for each peer, or the one of Lawu alone.
   *
   * @param peers by name
   */
  static List<Result> of(String workload, int threads, Spread lawu, Map<String, Spread> peers) {
    if (peers.isEmpty()) {
      return List.of(new Result(workload, threads, lawu));
    }
    List<Result> results = new ArrayList<>();
    peers.forEach((peer, times) -> results.add(new Result(workload, threads, lawu, peer, times)));
    return results;
  }

  /** The peer's time in Lawu's: above 1, Lawu is faster. NaN without a peer. */
  double ratio() {
    return peerTimes == null ? Double.NaN : peerTimes.median() / lawu.median();
  }

  /** One line of JSON. */
  String json() {
    List<String> members = new ArrayList<>();
    members.add("\"workload\":\"" + workload + "\"");
    members.add("\"threads\":" + threads);
    members.add("\"lawu_ms\":" + number(lawu.median()));
    if (peerTimes != null) {
      members.add("\"peer\":\"" + peer + "\"");
      members.add("\"peer_ms\":" + number(peerTimes.median()));
      members.add("\"ratio\":" + number(ratio()));
    }
    members.add("\"lawu_ms_min\":" + number(lawu.least()));
    members.add("\"lawu_ms_max\":" + number(lawu.greatest()));
    if (peerTimes != null) {
      members.add("\"peer_ms_min\":" + number(peerTimes.least()));
      members.add("\"peer_ms_max\":" + number(peerTimes.greatest()));
    }
    return "{" + String.join(",", members) + "}";
  }

  /** The head of the table that {@link #row()} makes. */
  static String head() {
    return String.format(
        "%-25s %3s  %-34s  %-34s %6s  %s",
        "workload", "thr", "lawu ms (least..greatest)", "peer ms", "ratio", "peer");
  }

  /** One line of the table. */
  String row() {
    String own = String.format("%-25s %3d  %-34s", workload, threads, times(lawu));
    return peerTimes == null
        ? own.stripTrailing()
        : own + String.format(Locale.ROOT, "  %-34s %6.2f  %s", times(peerTimes), ratio(), peer);
  }

  private static String times(Spread spread) {
    return "%s (%s..%s)"
        .formatted(number(spread.median()), number(spread.least()), number(spread.greatest()));
  }

  /** Four digits, without an exponent. */
  private static String number(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
