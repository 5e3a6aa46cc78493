package org.lawu.internal.array;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.LawuException;
import org.lawu.internal.array.Storage.Floats;

/**
 * Gives the arrays that one run of a computation allocated to the next. When a run ends its arrays
 * are taken from the tensors that had them, so a tensor that outlives its run cannot be read, let
 * alone seen to change; one that is kept ({@link Floats#keep}) stays as it is. What nobody reads
 * any more may be taken back before.
 *
 * <p>Only the thread of the run takes part: what other threads allocate is theirs.
 */
public final class Recycler {
  /** Arrays shorter than this cost less to allocate than to look up. */
  static final int SMALLEST = 1 << 10;

  /** Runs after which arrays of a length that is no longer asked for are given up. */
  private static final int PATIENCE = 16;

  private static final ScopedValue<Recycler> CURRENT = ScopedValue.newInstance();

  private final Map<Integer, Shelf> shelves = new HashMap<>();
  private final List<Floats> lent = new ArrayList<>();
  private final List<Floats> borrowed = new ArrayList<>();
  private volatile @Nullable Thread owner;
  private int run;

  /** The elements in arrays of the largest recent run. */
  private long peak;

  private int peakRun;

  /** Free arrays of one length. */
  private static final class Shelf {
    final int length;
    final ArrayDeque<float[]> free = new ArrayDeque<>();
    int lastRun;

    Shelf(int length) {
      this.length = length;
    }

    long elements() {
      return (long) free.size() * length;
    }
  }

  /** The recycler of the run that this thread is in. */
  public static @Nullable Recycler current() {
    if (!CURRENT.isBound()) {
      return null;
    }
    Recycler recycler = CURRENT.get();
    return recycler.isMine() ? recycler : null;
  }

  /**
   * Runs a computation, then takes back what it allocated. A run within a run of the same recycler
   * is part of it.
   *
   * @throws LawuException if another thread is in a run
   */
  public <T extends @Nullable Object> T run(Supplier<T> computation) {
    if (isMine()) {
      return computation.get();
    }
    begin();
    try {
      return ScopedValue.where(CURRENT, this).call(computation::get);
    } finally {
      end();
    }
  }

  private boolean isMine() {
    return Thread.currentThread().equals(owner);
  }

  private synchronized void begin() {
    Thread other = owner;
    if (other != null) {
      throw new LawuException(
          "workspace: is in use by the thread %s; give each thread a workspace of its own"
              .formatted(other.getName()));
    }
    owner = Thread.currentThread();
    run++;
  }

  private synchronized void end() {
    lent.forEach(this::giveBack);
    lent.clear();
    borrowed.forEach(Floats::release);
    borrowed.clear();
    shelves.values().removeIf(shelf -> run - shelf.lastRun > PATIENCE);
    giveUpSpare();
    owner = null;
  }

  /**
   * Gives up arrays that this run had no use for, those longest unused first, until they hold no
   * more than the largest recent run did: where every run has lengths of its own, as with batches
   * of texts, no more than two are in memory.
   */
  private void giveUpSpare() {
    long all = elements();
    long used = 0;
    for (Shelf shelf : shelves.values()) {
      used += shelf.lastRun == run ? shelf.elements() : 0;
    }
    if (used >= peak || run - peakRun > PATIENCE) {
      peak = used;
      peakRun = run;
    }
    long spare = all - used;
    if (spare <= peak) {
      return;
    }
    List<Shelf> oldestFirst = new ArrayList<>(shelves.values());
    oldestFirst.removeIf(shelf -> shelf.lastRun == run);
    oldestFirst.sort(Comparator.comparingInt(shelf -> shelf.lastRun));
    for (Shelf shelf : oldestFirst) {
      if (spare <= peak) {
        return;
      }
      shelves.remove(shelf.length);
      spare -= shelf.elements();
    }
  }

  /** The elements of all free arrays. */
  public synchronized long elements() {
    long sum = 0;
    for (Shelf shelf : shelves.values()) {
      sum += shelf.elements();
    }
    return sum;
  }

  /** Which run this is, if one is under way; each has another number. */
  public int number() {
    return run;
  }

  /** Whether the run of this number is still under way. */
  public boolean isRunning(int number) {
    return owner != null && run == number;
  }

  /** An array of exactly this length, with anything in it. */
  Floats take(int length) {
    Shelf shelf = shelves.computeIfAbsent(length, Shelf::new);
    shelf.lastRun = run;
    float[] array = shelf.free.pollFirst();
    return lend(array == null ? new float[length] : array);
  }

  private Floats lend(float[] array) {
    var floats = new Floats(array, Floats.Owner.RECYCLER, lent.size());
    lent.add(floats);
    return floats;
  }

  private void giveBack(Floats floats) {
    float[] array = floats.release();
    Shelf shelf = array == null ? null : shelves.get(array.length);
    if (array != null && shelf != null) {
      Memory.spoil(array);
      shelf.free.addFirst(array);
    }
  }

  /** How many arrays are lent in this run, without those that {@link #tidy} took back. */
  public int lentSoFar() {
    return lent.size();
  }

  /**
   * Takes an array back before the run ends, unless it was lent before {@code first} or is in use.
   */
  public void giveBackEarly(Storage storage, int first) {
    if (storage instanceof Floats floats && isLent(floats, first) && !floats.isInUse()) {
      giveBack(floats);
    }
  }

  private boolean isLent(Floats floats, int first) {
    int number = floats.number();
    return number >= first && number < lent.size() && lent.get(number) == floats;
  }

  /**
   * Whether elements are a whole array that was lent since there were {@code first} and is held
   * once, so that whoever holds it may write others in their place.
   */
  public boolean isHeldByOne(NdArray array, int first) {
    return array.storage() instanceof Floats floats
        && isLent(floats, first)
        && floats.isHeldByOne()
        && array.layout().isContiguous()
        && array.elements() == floats.length();
  }

  /**
   * Takes back all that was lent since there were {@code first}, but for one and what is in use.
   */
  public void tidy(int first, Storage result) {
    if (result instanceof Floats floats) {
      floats.hold();
      tidy(first);
      floats.letGo();
    } else {
      tidy(first);
    }
  }

  /**
   * Takes back all that was lent since there were {@code first}, but for what is in use. This moves
   * up: whoever has taken a number of arrays lent, took it before.
   */
  public void tidy(int first) {
    int end = first;
    for (int i = first; i < lent.size(); i++) {
      Floats floats = lent.get(i);
      if (floats.isInUse()) {
        floats.number(end);
        lent.set(end++, floats);
      } else {
        giveBack(floats);
      }
    }
    lent.subList(end, lent.size()).clear();
  }

  /** Leaves all that was lent since there were {@code first} as it is until the run ends. */
  public void saveAll(int first) {
    lent.subList(first, lent.size()).forEach(Floats::save);
  }

  /** Lets the run read a parameter's array until it ends. */
  public NdArray borrow(NdArray array) {
    var floats = new Floats(array.floats(), Floats.Owner.PARAMETER, -1);
    borrowed.add(floats);
    return new NdArray(floats, array.layout());
  }
}
