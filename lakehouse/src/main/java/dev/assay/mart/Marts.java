package dev.assay.mart;

import static org.apache.spark.sql.functions.lit;

import dev.assay.config.Derivation;
import dev.assay.config.PipelineConfig;
import dev.assay.config.TableContract;
import dev.assay.config.TableName;
import dev.assay.config.Transform;
import dev.assay.error.AssayException;
import dev.assay.error.ExitCode;
import dev.assay.job.StageRun;
import dev.assay.table.Draft;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes marts by what their contracts name: a query or a class. */
public final class Marts {
  private Marts() {}

  /** What a mart follows from besides its inputs. */
  public static String transform(TableContract contract) {
    return of(contract.name(), computed(contract)).version();
  }

  /**
   * The rows of a mart for a day, not computed yet.
   *
   * @throws AssayException with NO_DATA if an input that must be there has nothing for the day
   */
  public static Draft draft(StageRun run, LocalDate day, TableContract contract) {
    PipelineConfig pipeline = run.config().pipeline();
    Derivation.Computed computed = computed(contract);
    for (String input : computed.inputs()) {
      if (!pipeline.isLearned(input) && !run.inputs().hasDay(input, day)) {
        throw new AssayException(ExitCode.NO_DATA, nothingOf(pipeline.table(input), day));
      }
    }
    Dataset<Row> rows =
        of(contract.name(), computed)
            .compute(new MartInputs(run.spark(), pipeline, contract, day, run.inputs()));
    return new Draft(contract, day, rows.withColumn(contract.partition(), lit(day)));
  }

  private static String nothingOf(TableContract input, LocalDate day) {
    return input.name()
        + " has nothing for "
        + day
        + "; if it should, run the "
        + input.stage().id()
        + " stage of that day first";
  }

  private static Derivation.Computed computed(TableContract contract) {
    return (Derivation.Computed) contract.derivation();
  }

  private static Mart of(TableName name, Derivation.Computed computed) {
    if (computed.transform() instanceof Transform.Sql sql) {
      return new SqlMart(sql.text());
    }
    String transform = ((Transform.InClass) computed.transform()).name();
    try {
      return Class.forName(transform).asSubclass(Mart.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "the transform of "
              + name
              + ", "
              + transform
              + ", is no mart ("
              + e
              + "); name a class of the stage's JAR that implements Mart and has a constructor"
              + " without arguments, or a file of the conf folder ending in .sql",
          e);
    }
  }
}
