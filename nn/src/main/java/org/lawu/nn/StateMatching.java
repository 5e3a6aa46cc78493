package org.lawu.nn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.error.FormatException;
import org.lawu.io.StoredTensors;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;

/** Which tensor of a file each parameter of a model gets, and what fits nothing. */
final class StateMatching {
  /** The file's names may be an attacker's; messages show so many of them, so much of each. */
  private static final int SHOWN_NAMES = 100;

  private static final int SHOWN_CHARACTERS = 120;

  private final Path file;
  private final StoredTensors stored;
  private final Loading loading;

  private final Map<Parameter, String> matches = new LinkedHashMap<>();
  private final List<String> loaded = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> mismatched = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * Matches by what the file's headers say.
   *
   * @throws FormatException if two of its tensors would go by one name, if it is to fit as a whole
   *     and does not, or if nothing fits
   */
  StateMatching(
      Path file, Map<String, Parameter> parameters, StoredTensors stored, Loading loading) {
    this.file = file;
    this.stored = stored;
    this.loading = loading;
    Map<String, String> candidates = candidates();
    parameters.forEach((name, parameter) -> match(name, parameter, candidates.remove(name)));
    candidates.values().forEach(this::leaveOver);
    if (unexpected.size() > SHOWN_NAMES) {
      faults.add("and %d more unexpected".formatted(unexpected.size() - SHOWN_NAMES));
    }
    if (!faults.isEmpty() && !loading.isPartial()) {
      throw refusal("does not fit the model");
    }
    if (matches.isEmpty() && !faults.isEmpty()) {
      throw refusal("nothing in it fits the model");
    }
  }

  /** The file's names by the model's. */
  private Map<String, String> candidates() {
    Map<String, String> candidates = new LinkedHashMap<>();
    for (String name : stored.names()) {
      String inModel = loading.nameInModel(name);
      if (inModel != null) {
        String other = candidates.put(inModel, name);
        if (other != null) {
          throw new FormatException(
              "%s: %s and %s would both be %s of the model; rename them apart"
                  .formatted(file, shown(other), shown(name), shown(inModel)));
        }
      }
    }
    return candidates;
  }

  private void match(String name, Parameter parameter, @Nullable String candidate) {
    if (candidate == null) {
      missing.add(name);
      faults.add("missing " + name + " " + parameter.shape());
    } else if (!stored.shape(candidate).equals(parameter.shape())) {
      mismatched.add(name);
      faults.add(
          "wrong shape %s: the file has %s, the model %s"
              .formatted(name, stored.shape(candidate), parameter.shape()));
    } else if (!stored.dtype(candidate).isFloating() && !isCount(candidate, parameter)) {
      mismatched.add(name);
      faults.add("wrong type %s: the file has %s".formatted(name, stored.dtype(candidate)));
    } else {
      loaded.add(name);
      matches.put(parameter, candidate);
    }
  }

  /** PyTorch counts batches in I64, which is read as INT32; here a buffer of one number does. */
  private boolean isCount(String candidate, Parameter parameter) {
    return stored.dtype(candidate) == DType.INT32
        && parameter.shape().rank() == 0
        && parameter.isBuffer();
  }

  private void leaveOver(String name) {
    unexpected.add(name);
    if (unexpected.size() <= SHOWN_NAMES) {
      faults.add("unexpected " + shown(name) + " " + stored.shape(name));
    }
  }

  private static String shown(String name) {
    String visible = name.replaceAll("\\p{C}", "?");
    return visible.length() <= SHOWN_CHARACTERS
        ? visible
        : visible.substring(0, SHOWN_CHARACTERS) + "...";
  }

  private FormatException refusal(String fault) {
    return new FormatException(
        "%s: %s; nothing was loaded:\n  %s".formatted(file, fault, String.join("\n  ", faults)));
  }

  /** The parameters that can be loaded, with the names of their tensors in the file. */
  Map<Parameter, String> matches() {
    return matches;
  }

  LoadReport report() {
    return new LoadReport(loaded, missing, mismatched, unexpected);
  }
}
