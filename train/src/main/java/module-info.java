/** The training loop, metrics and checkpoints. */
module org.lawu.train {
  requires transitive org.lawu.core;
  requires transitive org.lawu.data;
  requires transitive org.lawu.nn;
  requires transitive org.lawu.optim;
  requires static java.desktop;
  requires static jdk.jfr;
  requires org.slf4j;
  requires static org.jspecify;

  exports org.lawu.train;
  exports org.lawu.train.metric;
  exports org.lawu.train.callback;
  exports org.lawu.train.report;
}
