package dev.assay.testing;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;

/** Decides what goes wrong; asked once for every request, by many threads. */
@FunctionalInterface
public interface Faults {
  /** Nothing goes wrong. */
  Faults NONE = request -> Optional.empty();

  /** What happens to a request, if anything. */
  Optional<Fault> next(HttpRequest request);
}
