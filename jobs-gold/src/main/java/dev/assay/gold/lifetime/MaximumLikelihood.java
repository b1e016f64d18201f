package dev.assay.gold.lifetime;

import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import java.util.Arrays;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Estimates positive parameters by maximum likelihood: with the simplex of Nelder and Mead (1965)
 * on their logarithms, begun anew where it ended until that gains nothing, since a simplex may
 * collapse before it is there. The same observations give the same estimates.
 */
final class MaximumLikelihood {
  /** Parameters further from 1 than this are no better known: their likelihood is flat there. */
  private static final double FARTHEST = Math.log(1e4);

  private static final double RELATIVE = 1e-12;
  private static final double ABSOLUTE = 1e-8;
  private static final int MOST_EVALUATIONS = 20_000;
  private static final int MOST_STARTS = 20;

  private MaximumLikelihood() {}

  /** The logarithm of the likelihood of what was observed. */
  interface LogLikelihood {
    double of(double[] parameters);
  }

  /**
   * The estimates.
   *
   * @param model what the parameters are of
   * @param parameters how many; each is looked for from 1, so the units should be such that it is
   *     of about that size
   * @throws AssayException with REFUSED if they do not settle: other runs would end the same, and
   *     what was found by then is no estimate
   */
  static double[] estimate(String model, int parameters, LogLikelihood likelihood) {
    SimplexOptimizer optimizer = new SimplexOptimizer(RELATIVE, ABSOLUTE);
    ObjectiveFunction objective = new ObjectiveFunction(logs -> within(likelihood, logs));
    double[] logs = new double[parameters];
    double best = Double.NEGATIVE_INFINITY;
    for (int start = 0; start < MOST_STARTS; start++) {
      PointValuePair found = climb(model, optimizer, objective, logs);
      logs = found.getPoint();
      if (found.getValue() - best < ABSOLUTE) {
        break;
      }
      best = found.getValue();
    }
    return exponentials(logs);
  }

  private static PointValuePair climb(
      String model, SimplexOptimizer optimizer, ObjectiveFunction objective, double[] from) {
    try {
      return optimizer.optimize(
          new MaxEval(MOST_EVALUATIONS),
          objective,
          GoalType.MAXIMIZE,
          new NelderMeadSimplex(from.length, 1.0),
          new InitialGuess(from));
    } catch (MathIllegalStateException endless) {
      throw new AssayException(
          ExitCode.REFUSED,
          "the parameters of the "
              + model
              + " model did not settle in "
              + MOST_EVALUATIONS
              + " evaluations of their likelihood, so what customers will do cannot be estimated,"
              + " and the day was not published rather than with a guess; estimate of other"
              + " customers (fit-customers of the mart), or raise its min-repeat-customers above how"
              + " many came back: then it says that nothing is expected",
          endless);
    }
  }

  private static double within(LogLikelihood likelihood, double[] logs) {
    boolean far = Arrays.stream(logs).anyMatch(log -> Math.abs(log) > FARTHEST);
    double value = far ? Double.NaN : likelihood.of(exponentials(logs));
    return Double.isFinite(value) ? value : -Double.MAX_VALUE;
  }

  private static double[] exponentials(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }
}
