"""Writes the values that scikit-learn gives for the metrics to a JSON file.

Needs NumPy and scikit-learn 1.2; run from the folder of the train module:

    python3 src/test/python/metric_cases.py src/test/resources/org/lawu/train/metric/cases.json
"""

import json
import re
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics

warnings.filterwarnings("ignore")
random = np.random.default_rng(5)

AVERAGES = ["micro", "macro", "weighted"]


def numbers(values):
    return [number(value) for value in np.asarray(values).ravel()]


def number(value):
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and not np.isfinite(value):
        return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def softmax(logits):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def report(*arguments, **settings):
    """scikit-learn 1.2 prints counts as 14.0 where every answer is wrong."""
    text = metrics.classification_report(*arguments, **settings)
    return re.sub(r"(\d+)\.0$", r"  \1", text, flags=re.MULTILINE)


def decisions(name, predictions, labels, classes):
    """Predicted and true classes."""
    every = list(range(classes))
    occurring = sorted(set(predictions) | set(labels))
    names = ["class %d" % c if c % 2 == 0 else "c%d" % c for c in every]

    def averages(score, **settings):
        values = {a: number(score(labels, predictions, average=a, **settings)) for a in AVERAGES}
        values["classes"] = numbers(
            score(labels, predictions, average=None, labels=every, **settings)
        )
        return values

    return {
        "name": name,
        "classes": classes,
        "predictions": numbers(predictions),
        "labels": numbers(labels),
        "matrix": numbers(metrics.confusion_matrix(labels, predictions, labels=every)),
        "accuracy": number(metrics.accuracy_score(labels, predictions)),
        "balancedAccuracy": number(metrics.balanced_accuracy_score(labels, predictions)),
        "kappa": number(metrics.cohen_kappa_score(labels, predictions)),
        "matthews": number(metrics.matthews_corrcoef(labels, predictions)),
        "precision": averages(metrics.precision_score),
        "recall": averages(metrics.recall_score),
        "f1": averages(metrics.f1_score),
        "f2": averages(metrics.fbeta_score, beta=2),
        "fHalf": averages(metrics.fbeta_score, beta=0.5),
        "names": names,
        "report": report(
            labels, predictions, target_names=[names[c] for c in occurring]
        ),
        "report4": report(
            labels, predictions, target_names=[names[c] for c in occurring], digits=4
        ),
    }


def questions(name, logits, labels):
    """Scores and answers of yes-or-no questions, of which there are both."""
    probabilities = 1 / (1 + np.exp(-logits))
    x, y, thresholds = metrics.roc_curve(labels, logits)
    precision, recall, ascending = metrics.precision_recall_curve(labels, logits)
    answers = (logits > 0).astype(int)
    strict = (probabilities > 0.7).astype(int)
    return {
        "name": name,
        "logits": numbers(logits),
        "probabilities": numbers(probabilities),
        "labels": numbers(labels),
        "auc": number(metrics.roc_auc_score(labels, logits)),
        "averagePrecision": number(metrics.average_precision_score(labels, logits)),
        "falsePositiveRates": numbers(x),
        "truePositiveRates": numbers(y),
        # The first is made up by scikit-learn.
        "rocThresholds": numbers(thresholds[1:]),
        "precisions": numbers(precision),
        "recalls": numbers(recall),
        "thresholds": numbers(ascending),
        "logLoss": number(metrics.log_loss(labels, probabilities, labels=[0, 1])),
        "brier": number(metrics.brier_score_loss(labels, probabilities)),
        "precision": number(metrics.precision_score(labels, answers)),
        "recall": number(metrics.recall_score(labels, answers)),
        "f1": number(metrics.f1_score(labels, answers)),
        "strictF1": number(metrics.f1_score(labels, strict)),
        "matthews": number(metrics.matthews_corrcoef(labels, answers)),
        "kappa": number(metrics.cohen_kappa_score(labels, answers)),
    }


def choices(name, logits, labels):
    """Logits of more than two classes, each of which has rows."""
    classes = logits.shape[1]
    every = list(range(classes))
    probabilities = softmax(logits)
    hot = np.eye(classes)[labels]
    log_loss = metrics.log_loss(labels, probabilities, labels=every)

    def auc(average):
        return number(metrics.roc_auc_score(hot, probabilities, average=average))

    def precision(average):
        return number(metrics.average_precision_score(hot, probabilities, average=average))

    return {
        "name": name,
        "classes": classes,
        "logits": numbers(logits),
        "probabilities": numbers(probabilities),
        "labels": numbers(labels),
        "auc": {average: auc(average) for average in AVERAGES},
        "averagePrecision": {average: precision(average) for average in AVERAGES},
        "logLoss": number(log_loss),
        "perplexity": number(np.exp(log_loss)),
        "top": [
            number(metrics.top_k_accuracy_score(labels, logits, k=k, labels=every))
            for k in range(1, classes)
        ],
    }


def regression(name, predictions, targets):
    return {
        "name": name,
        "sizes": list(predictions.shape),
        "predictions": numbers(predictions),
        "targets": numbers(targets),
        "mae": number(metrics.mean_absolute_error(targets, predictions)),
        "mse": number(metrics.mean_squared_error(targets, predictions)),
        "rmse": number(np.sqrt(metrics.mean_squared_error(targets, predictions))),
        "mape": number(metrics.mean_absolute_percentage_error(targets, predictions)),
        "r2": number(metrics.r2_score(targets, predictions)),
    }


def agreeing(labels, classes, share):
    """Predictions of which a share is right."""
    other = random.integers(0, classes, len(labels))
    return np.where(random.random(len(labels)) < share, labels, other)


def all_decisions():
    cases = []
    for classes, rows, share in [(2, 40, 0.7), (3, 60, 0.5), (5, 100, 0.8), (10, 200, 0.3)]:
        labels = random.integers(0, classes, rows)
        cases.append(
            decisions("random %d" % classes, agreeing(labels, classes, share), labels, classes)
        )
    labels = random.choice(4, 300, p=[0.96, 0.02, 0.01, 0.01])
    cases.append(decisions("unbalanced", agreeing(labels, 4, 0.9), labels, 4))
    labels = random.integers(0, 4, 50)
    cases.append(decisions("perfect", labels, labels, 4))
    cases.append(decisions("all wrong", (labels + 1) % 4, labels, 4))
    cases.append(decisions("constant", np.full(50, 2), labels, 4))
    cases.append(decisions("never predicted", np.minimum(agreeing(labels, 4, 0.6), 2), labels, 4))
    cases.append(
        decisions("never true", agreeing(labels, 4, 0.6), np.where(labels == 1, 0, labels), 4)
    )
    gap = np.where(labels == 1, 0, labels)
    predicted = agreeing(gap, 4, 0.6)
    cases.append(decisions("absent", np.where(predicted == 1, 2, predicted), gap, 5))
    cases.append(decisions("one class", np.zeros(7, int), np.zeros(7, int), 2))
    cases.append(decisions("one true class", np.array([0, 1, 1, 0]), np.zeros(4, int), 2))
    cases.append(decisions("one row", np.array([1]), np.array([0]), 2))
    cases.append(decisions("rounding", np.array([0] * 8 + [1] * 8), np.array([0] * 7 + [1] * 9), 2))
    cases.append(
        decisions("halves", np.array([0] * 8 + [1] * 8), np.array([0] + [1] * 7 + [0, 1] * 4), 2)
    )
    return cases


def all_questions():
    cases = []
    for rows, share in [(20, 0.5), (100, 0.3), (300, 0.03)]:
        labels = (random.random(rows) < share).astype(int)
        labels[:2] = [0, 1]
        logits = random.normal(size=rows) + 1.5 * labels
        cases.append(questions("random %d" % rows, logits, labels))
        cases.append(questions("ties %d" % rows, np.round(logits), labels))
    labels = np.array([0, 1] * 10)
    cases.append(questions("constant", np.full(20, 0.25), labels))
    cases.append(questions("no information", np.zeros(20), labels))
    cases.append(questions("perfect", 4.0 * labels - 2, labels))
    cases.append(questions("reversed", 2 - 4.0 * labels, labels))
    cases.append(questions("never yes", -1 - random.random(20), labels))
    cases.append(questions("two rows", np.array([0.5, 0.5]), np.array([0, 1])))
    cases.append(questions("one yes", np.arange(10) / 10, (np.arange(10) == 4).astype(int)))
    cases.append(questions("large", np.array([-20.0, 18, 19, -30, 5]), np.array([0, 1, 1, 0, 1])))
    return cases


def all_choices():
    cases = []
    for classes, rows in [(3, 40), (4, 80), (7, 150)]:
        labels = np.concatenate([np.arange(classes), random.integers(0, classes, rows - classes)])
        logits = random.normal(size=(rows, classes)) + 2 * np.eye(classes)[labels]
        cases.append(choices("random %d" % classes, logits, labels))
    labels = np.concatenate([np.arange(4), random.choice(4, 96, p=[0.9, 0.06, 0.02, 0.02])])
    logits = random.normal(size=(100, 4)) + np.eye(4)[labels]
    cases.append(choices("unbalanced", logits, labels))
    cases.append(choices("perfect", 6 * np.eye(4)[labels] + 0.01 * random.random((100, 4)), labels))
    return cases


def all_regressions():
    targets = random.normal(size=50) * 3 + 10
    wide = random.normal(size=(30, 3)) * [1, 10, 100] + [0, 5, 1e4]
    return [
        regression("random", targets + random.normal(size=50), targets),
        regression("perfect", targets, targets),
        regression("mean", np.full(50, targets.mean()), targets),
        regression("far from zero", targets + 1e6 + random.normal(size=50), targets + 1e6),
        regression("constant target", random.normal(size=10), np.full(10, 2.5)),
        regression("constant and perfect", np.full(10, 2.5), np.full(10, 2.5)),
        regression("zeros", random.normal(size=4), np.array([0, 1, 0, -1.0])),
        regression("column", (targets + 1).reshape(-1, 1), targets.reshape(-1, 1)),
        regression("three outputs", wide + random.normal(size=(30, 3)), wide),
    ]


with open(sys.argv[1], "w") as file:
    json.dump(
        {
            "source": "scikit-learn %s, NumPy %s" % (sklearn.__version__, np.__version__),
            "decisions": all_decisions(),
            "questions": all_questions(),
            "choices": all_choices(),
            "regression": all_regressions(),
        },
        file,
    )
    file.write("\n")
