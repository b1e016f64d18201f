"""The learners of house prices as scikit-learn has them, on folds that a file gives: a mean RMSE each."""

import sys

import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import ElasticNet
from sklearn.metrics import root_mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

houses = pd.read_csv(sys.argv[1])
seed = int(sys.argv[2])
features = houses.drop(columns=["price", "fold"])
learners = {
    "linear": make_pipeline(StandardScaler(), ElasticNet(alpha=0.01, l1_ratio=0.5, max_iter=10_000)),
    "forest": RandomForestRegressor(100, max_depth=10, min_samples_leaf=2, max_features=1 / 3, random_state=seed),
    "boosting": GradientBoostingRegressor(
        n_estimators=60, max_depth=3, learning_rate=0.1, min_samples_leaf=5, random_state=seed
    ),
}
for name, learner in learners.items():
    errors = []
    for fold in sorted(houses.fold.unique()):
        rest, held = houses.fold != fold, houses.fold == fold
        learner.fit(features[rest], houses.price[rest])
        errors.append(root_mean_squared_error(houses.price[held], learner.predict(features[held])))
    print(name, sum(errors) / len(errors))
