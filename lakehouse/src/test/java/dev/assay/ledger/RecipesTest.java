package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.LakeStore;
import dev.assay.testing.Lakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {
  @TempDir private Path folder;
  private LakeStore lake;
  private Recipes recipes;

  @BeforeEach
  void open() {
    lake = Lakes.lake(folder.toString());
    recipes = new Recipes(lake, "retail");
  }

  @Test
  void keepsTheConfAndTheJarThatAClassIsOf() throws IOException {
    Recipe recipe = recipes.keep(SparkSession.class, "{\"a\":1}", 7);
    recipes.keep(SparkSession.class, "{\"a\":1}", 7);

    assertThat(recipe.code()).matches("spark-sql.*[.]jar sha256:[0-9a-f]{16}");
    assertThat(recipes.confOf(recipe)).contains("{\"a\":1}");
    assertThat(recipes.jarOf(recipe).orElseThrow())
        .isEqualTo(Files.readAllBytes(CodeVersion.jar(SparkSession.class).orElseThrow()));
    assertThat(lake.tree("_assay/recipes/retail")).hasSize(2);
  }

  @Test
  void keepsNoJarOfClassesThatAreInNone() {
    Recipe recipe = recipes.keep(RecipesTest.class, "{}", 7);

    assertThat(recipe.code()).isEqualTo("classes");
    assertThat(recipes.jarOf(recipe)).isEmpty();
  }

  @Test
  void removesWhatIsOldAndNotNeeded() {
    Recipe old = recipes.keep(RecipesTest.class, "{\"a\":1}", 7);
    Recipe needed = recipes.keep(RecipesTest.class, "{\"a\":2}", 7);
    Instant now = Instant.now();

    assertThat(recipes.removeAllBut(List.of(needed), now.minus(Duration.ofHours(1)))).isZero();
    assertThat(recipes.removeAllBut(List.of(needed), now.plus(Duration.ofHours(1)))).isEqualTo(1);
    assertThat(recipes.confOf(needed)).isPresent();
    assertThat(recipes.confOf(old)).isEmpty();
  }
}
