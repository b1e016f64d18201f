package dev.assay.cli;

import dev.assay.testing.JavaProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tool as a process of its own. */
final class AssayProcess {
  private final Map<String, String> environment;
  private final List<String> before;
  private final List<String> options;

  private AssayProcess(Map<String, String> environment, List<String> before, List<String> options) {
    this.environment = environment;
    this.before = before;
    this.options = options;
  }

  /** The tool on a lake; {@code options} are added to every command. */
  static AssayProcess on(String lake, String landing, String... options) {
    Map<String, String> environment = new HashMap<>();
    environment.put("ASSAY_HOME", System.getProperty("assay.home"));
    environment.put("ASSAY_LAKE", lake);
    environment.put("ASSAY_LANDING", landing);
    return new AssayProcess(environment, List.of(), List.of(options));
  }

  /** The same, with a user of the store. */
  AssayProcess as(String user, String secret) {
    Map<String, String> more = new HashMap<>(environment);
    more.put("AWS_ACCESS_KEY_ID", user);
    more.put("AWS_SECRET_ACCESS_KEY", secret);
    return new AssayProcess(more, before, options);
  }

  /** The same, started by another command. */
  AssayProcess behind(String... command) {
    return new AssayProcess(environment, List.of(command), options);
  }

  /** Starts a command. */
  JavaProcess start(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(options);
    return JavaProcess.start(before, environment, Assay.class, args.toArray(String[]::new));
  }

  /** Runs a command to its end. */
  JavaProcess run(String... command) {
    JavaProcess process = start(command);
    process.exitCode();
    return process;
  }
}
