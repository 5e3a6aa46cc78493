package org.lawu.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static final Spread LAWU = Spread.of(List.of(2.0, 8.0, 4.0));
  private static final Spread PEER = Spread.of(List.of(7.0, 5.0, 6.0, 9.0));

  @Test
  void spreadHasMedianAndExtremes() {
    assertThat(LAWU).isEqualTo(new Spread(4, 2, 8));
    assertThat(PEER).isEqualTo(new Spread(6.5, 5, 9));
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("spread: there are no times");
  }

  @Test
  void ratioAboveOneMeansThatLawuIsFaster() {
    assertThat(new Result("exp-4M", 1, LAWU, "other-1", PEER).ratio()).isEqualTo(6.5 / 4);
    assertThat(new Result("exp-4M", 1, LAWU).ratio()).isNaN();
  }

  @Test
  void json() {
    assertThat(new Result("exp-4M", 2, LAWU, "other-1", PEER).json())
        .isEqualTo(
            "{\"workload\":\"exp-4M\",\"threads\":2,\"lawu_ms\":4,\"peer\":\"other-1\","
                + "\"peer_ms\":6.5,\"ratio\":1.625,\"lawu_ms_min\":2,\"lawu_ms_max\":8,"
                + "\"peer_ms_min\":5,\"peer_ms_max\":9}");
    assertThat(new Result("exp-4M", 2, LAWU).json())
        .isEqualTo(
            "{\"workload\":\"exp-4M\",\"threads\":2,\"lawu_ms\":4,\"lawu_ms_min\":2,"
                + "\"lawu_ms_max\":8}");
  }

  @Test
  void smallAndLargeNumbersHaveFourDigitsAndNoExponent() {
    var tiny = new Spread(0.000012345678, 1e-7, 123456.7);
    assertThat(new Result("x", 1, tiny).json())
        .contains("\"lawu_ms\":0.00001235", "_min\":0.0000001", "_max\":123500");
  }

  @Test
  void rowsOfTheTable() {
    String head = Result.head();
    String row = new Result("exp-4M", 2, LAWU, "other-1", PEER).row();
    assertThat(row)
        .isEqualTo(
            "exp-4M                      2  4 (2..8)                            6.5 (5..9)"
                + "                           1.63  other-1");
    assertThat(row.indexOf("other-1")).isEqualTo(head.indexOf("peer", head.indexOf("ratio")));
    assertThat(new Result("exp-4M", 2, LAWU).row())
        .isEqualTo("exp-4M                      2  4 (2..8)");
  }

  @Test
  void oneResultForEachPeerOrOneAlone() {
    Map<String, Spread> peers = new LinkedHashMap<>();
    assertThat(Result.of("x", 1, LAWU, peers)).containsExactly(new Result("x", 1, LAWU));
    peers.put("a", PEER);
    peers.put("b", LAWU);
    assertThat(Result.of("x", 1, LAWU, peers))
        .containsExactly(new Result("x", 1, LAWU, "a", PEER), new Result("x", 1, LAWU, "b", LAWU));
  }
}
