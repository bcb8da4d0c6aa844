"""Makes label_metrics.json: python3 Tests/Golden/label_metrics.py > Tests/Golden/label_metrics.json (scikit-learn 1.9)."""

import json
import random
import warnings

from sklearn import metrics

warnings.filterwarnings("ignore")


def case(classes, labels, predicted):
    figures = {"classes": classes, "labels": labels, "predicted": predicted}
    for average in ["macro", "weighted"]:
        names = ["Precision", "Recall", "F1"]
        values = metrics.precision_recall_fscore_support(labels, predicted, average=average, zero_division=0)
        for name, value in zip(names, values):
            figures[average + name] = float(value)
    figures["accuracy"] = metrics.accuracy_score(labels, predicted)
    figures["balancedAccuracy"] = float(metrics.balanced_accuracy_score(labels, predicted))
    figures["matthews"] = float(metrics.matthews_corrcoef(labels, predicted))
    figures["kappa"] = float(metrics.cohen_kappa_score(labels, predicted))
    return figures


random.seed(7)
cases = [
    # Four classes, of which two occur, all right.
    case(4, [0, 1, 0, 1], [0, 1, 0, 1]),
    # One label that the model does not know.
    case(2, [1, 0, 2, 2], [1, 0, 1, 0]),
    # Several of these, and a class that is predicted and never true.
    case(4, [0, 4, 1, 5, 5, 1, 0], [0, 3, 1, 0, 3, 1, 1]),
    # None that the model knows.
    case(3, [3, 4, 3], [0, 0, 1]),
    case(12, [random.randrange(16) for _ in range(60)], [random.randrange(0, 12, 2) for _ in range(60)]),
]
print(json.dumps({
    "about": "scikit-learn's figures (zero_division=0) where classes are absent and where labels, from `classes` on, are "
    "none of the model's; made by label_metrics.py.",
    "cases": cases,
}, indent=1))
