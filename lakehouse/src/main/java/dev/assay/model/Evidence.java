package dev.assay.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a challenger was promoted, or was not. All that is compared was scored on the same rows of
 * the same versions of tables, which none of the compared learned from.
 *
 * @param loss what is compared, a mean over rows of which less is better: {@code squared error}
 * @param rows how many rows
 * @param challenger the challenger's
 * @param baseline that of the baseline it must beat
 * @param champion that of the champion before; null where there was none
 * @param overBaseline how much less the challenger's is than the baseline's
 * @param overChampion how much less it is than the champion's; null where there was none
 * @param margin how much less it must be than the champion's, as a share of the champion's
 * @param drifts how far the values of each column moved since the champion was trained
 * @param refusals why it was not promoted; empty if it was
 */
public record Evidence(
    String loss,
    int rows,
    double challenger,
    double baseline,
    @Nullable Double champion,
    Gain overBaseline,
    @Nullable Gain overChampion,
    double margin,
    List<Drift> drifts,
    List<String> refusals) {

  /**
   * A mean difference of paired losses.
   *
   * @param mean the mean
   * @param low the lower end of its 95% bootstrap interval
   * @param high the upper end
   */
  public record Gain(double mean, double low, double high) {}

  /**
   * How far the values of a column moved.
   *
   * @param column the column
   * @param psi the population stability index
   * @param limit what it may be, at most
   * @param refuses whether more than that keeps a challenger from being promoted
   */
  public record Drift(String column, double psi, double limit, boolean refuses) {
    /** Whether it moved further than it may. */
    public boolean isBeyond() {
      return psi > limit;
    }
  }
}
