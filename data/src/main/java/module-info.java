/** Data sets, batching, file readers and preprocessing. */
module org.lawu.data {
  requires transitive org.lawu.core;
  requires static org.jspecify;
  requires static commons.math3;

  exports org.lawu.data;
  exports org.lawu.data.sets;
  exports org.lawu.data.tabular;
}
