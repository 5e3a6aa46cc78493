/** Data sets, batching, file readers and preprocessing. */
module org.lawu.data {
  requires transitive org.lawu.core;
  requires static org.jspecify;

  exports org.lawu.data;
  exports org.lawu.data.sets;
  exports org.lawu.data.text;
}
