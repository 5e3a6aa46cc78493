/** The whole library: requiring this module brings all the others. */
module org.lawu {
  requires transitive org.lawu.core;
  requires transitive org.lawu.data;
  requires transitive org.lawu.nn;
  requires transitive org.lawu.optim;
  requires transitive org.lawu.train;
}
