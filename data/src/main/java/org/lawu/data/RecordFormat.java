package org.lawu.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How records are kept in a file by {@link Pipeline#cache(java.nio.file.Path, RecordFormat)}.
 *
 * @param <T> the records
 */
public interface RecordFormat<T> {

  /** Batches, as bits of their tensors: what is read equals what was written. */
  RecordFormat<Batch> BATCHES = new BatchFormat();

  /** Writes a record. */
  void write(T record, DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote, neither more nor less. */
  T read(DataInput in) throws IOException;
}
