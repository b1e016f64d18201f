package dev.assay.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.assay.config.AssayConfig;
import dev.assay.config.ModelConfig;
import dev.assay.config.TableName;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageRun;
import dev.assay.testing.FakeInputs;
import dev.assay.testing.SharedData;
import dev.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parameters of a model are refused, before it is looked for rows to learn from. */
class ModelParametersTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 1);

  @TempDir private Path folder;

  /** A release has its conf in one line; what was learned by it is learned by it again. */
  @Test
  void namesAreInTheSameOrderHoweverConfIsWritten() {
    Config written = ConfigFactory.parseString("zone = 1\nmonth = 2\narea = 3\nbasket = 4");
    Config recorded =
        ConfigFactory.parseString(written.root().render(ConfigRenderOptions.concise()));
    TableName model = new TableName("test", "model");

    assertThat(new Parameters(model, written).names())
        .containsExactly("area", "basket", "month", "zone")
        .isEqualTo(new Parameters(model, recorded).names());
  }

  @Test
  void everyModelReadsWhatConfGivesIt() {
    List<String> models = new ArrayList<>();
    for (String pipeline : List.of("ads", "housing", "purchases", "retail", "web")) {
      AssayConfig config = SharedData.config(pipeline, Map.of("lake", folder.toString()));
      for (ModelConfig model : config.pipeline().models().values()) {
        ModelDay day =
            new ModelDay(
                new StageRun("run", TestSpark.session(), config, new FakeInputs()), model, DAY);
        assertThatCode(() -> day.require(MlStage.model(model))).doesNotThrowAnyException();
        models.add(pipeline + "." + model.name());
      }
    }
    assertThat(models)
        .containsExactlyInAnyOrder(
            "ads.click_model",
            "ads.audience_segments",
            "ads.ad_recommendations",
            "housing.house_price",
            "purchases.purchase_value",
            "purchases.customer_segments",
            "purchases.product_recommendations",
            "retail.customer_segments",
            "retail.product_recommendations",
            "retail.churn",
            "web.churn",
            "web.lifetime_value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          housing   | house_price             | scale                             | minmax             | scale is 'minmax'; it is one of [none, min-max]
          housing   | house_price             | fold                              | 3                  | fold is read by nobody; here are [
          housing   | house_price             | folds                             | 1                  | folds is 1, which leaves nothing to learn from
          housing   | house_price             | held-out                          | 20                 | held-out is 20.0; give a share between 0 and 1
          housing   | house_price             | held-out                          | 0                  | held-out is 0.0; give a share between 0 and 1
          housing   | house_price             | seed                              | many               | seed is not a whole number (many)
          housing   | house_price             | means.by_age                      | { of = age }       | means.by_age is not a text
          housing   | house_price             | learners.linear.max-iteration     | 3                  | learners.linear.max-iteration is read by nobody; here are [elastic-net, enabled, kind,
          housing   | house_price             | learners.forest.depth             | -1                 | parameter maxDepth given invalid value -1
          housing   | house_price             | learners.forest.enabled           | perhaps            | learners.forest.enabled is not true or false (perhaps)
          housing   | house_price             | learners.logistic                 | {}                 | 'logistic' is no learner of this class; there are [linear, forest, boosting, tuned-forest]
          retail    | churn                   | learners.tuned-forest.grid.trees  | [5]                | 'tuned-forest' is no learner of this class; there are [linear, logistic, forest, boosting]
          retail    | churn                   | horizon-day                       | 30                 | horizon-day is read by nobody
          purchases | purchase_value          | learners.tuned-forest.grid.trees  | [0]                | parameter numTrees given invalid value 0
          purchases | purchase_value          | learners.tuned-forest.grid.leaves | [5]                | learners.tuned-forest.grid.leaves is read by nobody; here are [depth, leaf, trees]
          retail    | customer_segments       | names                             | []                 | names has no rule
          retail    | customer_segments       | names                             | [{ by = monetary, order = descending, names = [a] }] | names[0].order is 'descending'; it is one of [desc, asc]
          retail    | customer_segments       | names                             | [{ by = monetary, names = [] }] | names[0].names has no name
          retail    | customer_segments       | names                             | [{ by = money, names = [a] }] | names[0].by is 'money'; it is one of [recency_days, frequency, monetary, members]
          retail    | customer_segments       | k-max                             | 1                  | k-min is 2 and k-max 1
          retail    | product_recommendations | learners.implicit.alfa            | 1                  | learners.implicit.alfa is read by nobody
          retail    | product_recommendations | learners.explicit.alpha           | 1                  | learners.explicit.alpha is read by nobody
          retail    | product_recommendations | learners.both                     | {}                 | learners.both is no learner of this class
          retail    | product_recommendations | learners.implicit.rank            | 0                  | parameter rank given invalid value 0
          """)
  void whatIsWrongIsRefused(String pipeline, String model, String key, String value, String why) {
    AssayException refusal = refusal(pipeline, model, Map.of(key, value));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal)
        .hasMessageStartingWith(
            "the parameters of model %s.%s are wrong: ".formatted(pipeline, model))
        .hasMessageContaining(why);
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    assertThat(refusal("housing", "house_price", Map.of("scale", "minmax")))
        .hasMessage(
            "the parameters of model housing.house_price are wrong: -D %sscale: scale is 'minmax'; it is one of [none, min-max]"
                .formatted(parameters("house_price")));
  }

  @Test
  void aModelOfWhichNoLearnerIsEnabledIsRefused() {
    assertThat(
            refusal(
                "housing",
                "house_price",
                Map.of(
                    "learners.linear.enabled", "no",
                    "learners.forest.enabled", "false",
                    "learners.boosting.enabled", "off")))
        .hasMessageContaining("learners has none that is enabled");
  }

  private AssayException refusal(String pipeline, String model, Map<String, String> given) {
    Map<String, String> overrides = new LinkedHashMap<>();
    given.forEach((key, value) -> overrides.put(parameters(model) + key, value));
    return catchThrowableOfType(
        AssayException.class, () -> new ModelLake(folder, pipeline, overrides).run(model, DAY));
  }

  private static String parameters(String model) {
    return "pipeline.models." + model + ".parameters.";
  }
}
