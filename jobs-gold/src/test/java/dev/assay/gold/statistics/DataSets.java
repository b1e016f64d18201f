package dev.assay.gold.statistics;

import java.util.Arrays;
import java.util.List;

/** Small data sets of the literature, as R's package datasets has them. */
public final class DataSets {
  /** Dobson, "An Introduction to Statistical Modelling", 1983: dried weight of plants, control. */
  static final double[] PLANTS_CONTROL = {
    4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14
  };

  /** The same, first treatment. */
  static final double[] PLANTS_FIRST = {4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69};

  /** The same, second treatment. */
  static final double[] PLANTS_SECOND = {
    6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26
  };

  /** Motor Trend, 1974: miles a gallon of cars with an automatic transmission. */
  static final double[] CARS_AUTOMATIC = {
    21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 21.5, 15.5,
    15.2, 13.3, 19.2
  };

  /** The same, with a manual one. */
  static final double[] CARS_MANUAL = {
    21, 21, 22.8, 32.4, 30.4, 33.9, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4
  };

  /** Cars of 4, 6 and 8 cylinders, automatic and manual. */
  static final long[][] CARS_BY_CYLINDERS = {{3, 8}, {4, 3}, {12, 2}};

  /** Student, Biometrika 6, 1908: hours of sleep gained by a first drug. */
  static final double[] SLEEP_FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

  /** The same, by a second. */
  static final double[] SLEEP_SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  /** Fisher, Annals of Eugenics 7, 1936: sepal length of Iris setosa, cm. */
  static final double[] SETOSA = {
    5.1, 4.9, 4.7, 4.6, 5.0, 5.4, 4.6, 5.0, 4.4, 4.9, 5.4, 4.8, 4.8, 4.3, 5.8, 5.7, 5.4, 5.1, 5.7,
    5.1, 5.4, 5.1, 4.6, 5.1, 4.8, 5.0, 5.0, 5.2, 5.2, 4.7, 4.8, 5.4, 5.2, 5.5, 4.9, 5.0, 5.5, 4.9,
    4.4, 5.1, 5.0, 4.5, 4.4, 5.0, 5.1, 4.8, 5.1, 4.6, 5.3, 5.0
  };

  /** The same, Iris versicolor. */
  static final double[] VERSICOLOR = {
    7.0, 6.4, 6.9, 5.5, 6.5, 5.7, 6.3, 4.9, 6.6, 5.2, 5.0, 5.9, 6.0, 6.1, 5.6, 6.7, 5.6, 5.8, 6.2,
    5.6, 5.9, 6.1, 6.3, 6.1, 6.4, 6.6, 6.8, 6.7, 6.0, 5.7, 5.5, 5.5, 5.8, 6.0, 5.4, 6.0, 6.7, 6.3,
    5.6, 5.5, 5.5, 6.1, 5.8, 5.0, 5.6, 5.7, 5.7, 6.2, 5.1, 5.7
  };

  /** The same, Iris virginica. */
  static final double[] VIRGINICA = {
    6.3, 5.8, 7.1, 6.3, 6.5, 7.6, 4.9, 7.3, 6.7, 7.2, 6.5, 6.4, 6.8, 5.7, 5.8, 6.4, 6.5, 7.7, 7.7,
    6.0, 6.9, 5.6, 7.7, 6.3, 6.7, 7.2, 6.2, 6.1, 6.4, 7.2, 7.4, 7.9, 6.4, 6.3, 6.1, 7.7, 6.3, 6.4,
    6.0, 6.9, 6.7, 6.9, 5.8, 6.8, 6.7, 6.7, 6.3, 6.5, 6.2, 5.9
  };

  private DataSets() {}

  /** Weights of plants of the control group. */
  public static double[] plantsOfControl() {
    return PLANTS_CONTROL.clone();
  }

  /** Weights of plants of the first treatment. */
  public static double[] plantsOfFirst() {
    return PLANTS_FIRST.clone();
  }

  /** Weights of plants of the second treatment. */
  public static double[] plantsOfSecond() {
    return PLANTS_SECOND.clone();
  }

  /** Miles a gallon of cars with an automatic transmission. */
  public static double[] automaticCars() {
    return CARS_AUTOMATIC.clone();
  }

  /** Miles a gallon of cars with a manual one. */
  public static double[] manualCars() {
    return CARS_MANUAL.clone();
  }

  /** How many cars have a number of cylinders, 4, 6 or 8, and are automatic or manual. */
  public static long carsBy(int cylinders, boolean manual) {
    return CARS_BY_CYLINDERS[cylinders / 2 - 2][manual ? 1 : 0];
  }

  /** The three groups of plants. */
  static List<Moments> plants() {
    return List.of(
        moments("ctrl", PLANTS_CONTROL),
        moments("trt1", PLANTS_FIRST),
        moments("trt2", PLANTS_SECOND));
  }

  /** The three species of iris. */
  static List<Moments> irises() {
    return List.of(
        moments("setosa", SETOSA),
        moments("versicolor", VERSICOLOR),
        moments("virginica", VIRGINICA));
  }

  /** A group summed up. */
  static Moments moments(String group, double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum();
    return new Moments(group, values.length, mean, squares);
  }
}
