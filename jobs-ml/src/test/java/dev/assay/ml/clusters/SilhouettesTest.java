package dev.assay.ml.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SilhouettesTest {
  private final Silhouettes silhouettes = new Silhouettes(new double[][] {{0}, {2}, {10}, {12}});

  @Test
  void aPointIsClearByHowMuchNearerItsOwnMiddleIs() {
    // The middles are 1 and 11: of 0 the distances are 1 and 11, of 2 they are 1 and 9.
    assertThat(silhouettes.losses(new int[] {0, 0, 1, 1}))
        .containsExactly(new double[] {1.0 / 11, 1.0 / 9, 1.0 / 9, 1.0 / 11}, within(1e-12));
  }

  @Test
  void aSingleClusterIsNotClearAtAll() {
    assertThat(silhouettes.losses(new int[] {3, 3, 3, 3})).containsExactly(1, 1, 1, 1);
  }
}
