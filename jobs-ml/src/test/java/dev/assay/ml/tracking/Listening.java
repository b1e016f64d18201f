package dev.assay.ml.tracking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a server, hands on what it is asked, and notes as whom. */
final class Listening implements AutoCloseable {
  private final HttpServer listening;
  private final String server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A question, and as whom it was asked. */
  record Asked(String method, String path, String authorization) {}

  private Listening(HttpServer listening, String server) {
    this.listening = listening;
    this.server = server;
  }

  static Listening before(String server) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Listening listening = new Listening(http, server);
    http.createContext("/", listening::handOn);
    http.start();
    return listening;
  }

  String uri() {
    return "http://127.0.0.1:" + listening.getAddress().getPort();
  }

  List<Asked> asked() {
    return asked;
  }

  private void handOn(HttpExchange exchange) throws IOException {
    URI question = exchange.getRequestURI();
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            question.getPath(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + question))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null) {
      request.header("Content-Type", type);
    }
    try (exchange) {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    listening.stop(0);
  }
}
