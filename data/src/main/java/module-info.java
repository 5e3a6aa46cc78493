/** Data sets, batching, file readers and preprocessing. */
module org.lawu.data {
  requires transitive org.lawu.core;
  // For downloads of known data sets.
  requires java.net.http;
  // For those that come as zip archives.
  requires jdk.zipfs;
  // For image files alone: who reads none needs no desktop module in a run-time image.
  requires static java.desktop;
  requires static org.jspecify;
  requires static commons.math3;

  exports org.lawu.data;
  exports org.lawu.data.image;
  exports org.lawu.data.sets;
  exports org.lawu.data.tabular;
  exports org.lawu.data.text;
}
