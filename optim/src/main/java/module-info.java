/** Optimizers and learning-rate schedules. */
module org.lawu.optim {
  requires transitive org.lawu.core;
  requires static org.jspecify;

  exports org.lawu.optim;
  exports org.lawu.optim.schedule;
}
