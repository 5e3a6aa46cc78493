package org.lawu.data.tabular;

import java.util.List;
import org.lawu.data.Table;

/** Groups of columns, one after another. */
final class ColumnGroups extends Columns {
  private final List<Columns> groups;

  ColumnGroups(List<Columns> groups) {
    this.groups = List.copyOf(groups);
  }

  @Override
  List<Columns> groups() {
    return groups;
  }

  @Override
  List<FittedColumn> fitEach(Table training) {
    return groups.stream().flatMap(group -> group.fitEach(training).stream()).toList();
  }
}
