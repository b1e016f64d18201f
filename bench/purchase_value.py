"""What a purchase comes to by scikit-learn, on rows that a file gives with whether they are held back.

Prints a line a learner: its name, the seconds that it took to fit and predict, and its RMSE on the rows held back.
"""

import sys
import time

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import ElasticNet
from sklearn.metrics import root_mean_squared_error
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler, TargetEncoder

LABEL = "purchase"
MEANS = {"user_avg_purchase": "user_id", "category_avg_price": "product_category_1"}
COUNTS = {"user_total_purchases": "user_id", "product_popularity": "product_id"}
CATEGORIES = [
    "gender", "age", "occupation", "city_category", "stay_in_current_city_years", "marital_status",
    "product_category_1", "product_category_2", "product_category_3",
]  # fmt: skip

rows = pd.read_parquet(sys.argv[1])
learned = rows[~rows.held_out].reset_index(drop=True)
held = rows[rows.held_out].reset_index(drop=True)
began = time.monotonic()
# fit_transform leaves a row's own part out of its mean, transform has all.
encoder = TargetEncoder(target_type="continuous", smooth=10, cv=KFold(5, shuffle=True, random_state=42))
of = list(MEANS.values())
learned[list(MEANS)] = encoder.fit_transform(learned[of], learned[LABEL])
held[list(MEANS)] = encoder.transform(held[of])
for name, column in COUNTS.items():
    counts = learned[column].value_counts()
    learned[name] = learned[column].map(counts)
    held[name] = held[column].map(counts).fillna(0)
numbers = [*MEANS, *COUNTS]
print("encoding", time.monotonic() - began)
bits = make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(handle_unknown="ignore"), CATEGORIES))
places = make_column_transformer(("passthrough", numbers), (OrdinalEncoder(), CATEGORIES))
learners = {
    "linear": make_pipeline(bits, ElasticNet(alpha=0.1, l1_ratio=0.5, max_iter=100)),
    "forest": make_pipeline(
        places,
        RandomForestRegressor(100, max_depth=10, min_samples_leaf=10, max_features=1 / 3, n_jobs=2, random_state=42),
    ),
    "boosting": make_pipeline(
        places,
        HistGradientBoostingRegressor(
            max_iter=100, max_depth=5, max_leaf_nodes=None, learning_rate=0.1, early_stopping=False, random_state=42
        ),
    ),
}
for name, learner in learners.items():
    began = time.monotonic()
    learner.fit(learned[numbers + CATEGORIES], learned[LABEL])
    said = learner.predict(held[numbers + CATEGORIES])
    print(name, time.monotonic() - began, root_mean_squared_error(held[LABEL], said))
