package dev.assay.ml.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** An MLflow server, and as whom it is asked. */
final class Server {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PROXIED = "mlflow-artifacts:/";

  private final String address;
  private final BasicMlflowHostCreds credentials;

  /**
   * A server.
   *
   * @param address its address, without a slash at its end
   * @param environment where every client of MLflow finds who it is
   */
  Server(String address, Map<String, String> environment) {
    this.address = address;
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    String password = environment.get("MLFLOW_TRACKING_PASSWORD");
    this.credentials =
        user == null || password == null
            ? new BasicMlflowHostCreds(address)
            : new BasicMlflowHostCreds(address, user, password);
  }

  /** As whom the client asks. */
  BasicMlflowHostCreds credentials() {
    return credentials;
  }

  /** The client itself tries for minutes. */
  void requireAnswer() throws IOException, InterruptedException {
    HttpResponse<Void> answer =
        http().send(request("/health").build(), HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() != 200) {
      throw new IOException("it answers " + answer.statusCode());
    }
  }

  /** By the server's own store of artefacts; the client would start a Python for it. */
  void put(RunInfo run, String path, byte[] content) throws IOException, InterruptedException {
    if (!run.getArtifactUri().startsWith(PROXIED)) {
      throw new IOException(
          "its artefacts are kept in "
              + run.getArtifactUri()
              + ", not by the server; start it with --artifacts-destination");
    }
    String folder = run.getArtifactUri().substring(PROXIED.length());
    HttpRequest request =
        request("/api/2.0/mlflow-artifacts/artifacts/" + folder + "/" + path)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    HttpResponse<String> answer = http().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " was answered by " + answer.statusCode());
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    String user = credentials.getUsername();
    if (user != null) {
      byte[] both = (user + ":" + credentials.getPassword()).getBytes(UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }
    return request;
  }

  private static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .build();
  }
}
