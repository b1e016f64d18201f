package dev.assay.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A store behind a network that fails: what it is asked goes on to a real store, byte for byte, and
 * now and then something goes wrong on the way there or back.
 *
 * <p>Its clients sign their requests for its own address, and the real store checks the signature
 * against the {@code Host} that it is sent, which is why that header goes on as it came.
 */
// A connection that can neither be written to nor closed is gone already, as happens here.
@SuppressWarnings("FutureReturnValueIgnored")
public final class FaultyStore implements AutoCloseable {
  private static final int MOST_BYTES = 64 << 20;
  private static final long LEAST_DELAY_MS = 100;
  private static final long MOST_DELAY_MS = 2000;

  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final InetSocketAddress store;
  private final Duration clientWaits;
  private final Random delays = new Random(0);
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final Map<Fault, Long> countsOfConditional = new EnumMap<>(Fault.class);
  private final AtomicInteger heldBack = new AtomicInteger();
  private final Channel listening;
  private long requests;
  private volatile Faults faults = Faults.NONE;

  /**
   * A faulty way to a store, which has no faults until it is given some.
   *
   * @param endpoint the real store's address, {@code http://host:port}
   * @param clientWaits how long a client waits for an answer at most
   */
  public FaultyStore(String endpoint, Duration clientWaits) {
    URI uri = URI.create(endpoint);
    this.store = new InetSocketAddress(uri.getHost(), uri.getPort());
    this.clientWaits = clientWaits;
    this.listening =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    client
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MOST_BYTES),
                            new Requests());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Whether a request creates an object only where there is none. */
  static boolean isConditionalCreate(HttpRequest request) {
    return "*".equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH))
        && (request.method().equals(HttpMethod.PUT) || request.method().equals(HttpMethod.POST));
  }

  /** Its address, {@code http://host:port}. */
  public String endpoint() {
    return "http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** From now on, these happen. */
  public void happen(Faults these) {
    faults = these;
  }

  /** How many requests there were. */
  public synchronized long requests() {
    return requests;
  }

  /** How often each kind of fault happened. */
  public synchronized Map<Fault, Long> counts() {
    return Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /** How often each kind of fault happened to a conditional create. */
  public synchronized Map<Fault, Long> countsOfConditional() {
    return Collections.unmodifiableMap(new EnumMap<>(countsOfConditional));
  }

  private synchronized void count(FullHttpRequest request, Fault fault) {
    counts.merge(fault, 1L, Long::sum);
    if (isConditionalCreate(request)) {
      countsOfConditional.merge(fault, 1L, Long::sum);
    }
  }

  private synchronized void count() {
    requests++;
  }

  private synchronized long delayMs() {
    return LEAST_DELAY_MS + (long) (delays.nextDouble() * (MOST_DELAY_MS - LEAST_DELAY_MS));
  }

  @Override
  public void close() {
    listening.close().syncUninterruptibly();
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** One client's connection. */
  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      count();
      Channel client = context.channel();
      boolean stays = HttpUtil.isKeepAlive(request);
      Consumer<FullHttpResponse> answer = response -> answer(client, response, stays);
      Fault fault = faults.next(request).orElse(null);
      if (fault == null) {
        send(request, client, answer);
        return;
      }
      count(request, fault);
      switch (fault) {
        case RESET_AFTER_SENT -> send(request, client, done -> reset(client, done));
        case ANSWER_SWALLOWED -> send(request, client, FullHttpResponse::release);
        case DONE_BUT_500 ->
            send(request, client, done -> answer.accept(instead(done, error500())));
        case DONE_BUT_503 ->
            send(request, client, done -> answer.accept(instead(done, error503())));
        case NOT_DONE_500 -> answer.accept(error500());
        case NOT_DONE_503 -> answer.accept(error503());
        case CONFLICT_409 -> answer.accept(error409());
        case SLOW -> later(delayMs(), request, late -> send(late, client, answer));
        case SENT_TWICE -> {
          FullHttpRequest again = request.copy();
          send(
              request,
              client,
              first -> {
                first.release();
                send(again, client, answer);
                again.release();
              });
        }
        case SENT_TOO_LATE -> {
          heldBack.incrementAndGet();
          later(
              clientWaits.toMillis() + delayMs(),
              request,
              late ->
                  send(
                      late,
                      client,
                      done -> {
                        done.release();
                        heldBack.decrementAndGet();
                      }));
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable gone) {
      // The client gave up, as it may.
      context.close();
    }
  }

  /**
   * Waits until the real store has answered all that was sent too late.
   *
   * @throws IllegalStateException if it does not
   */
  public void awaitLate() {
    long deadline =
        System.nanoTime() + clientWaits.plusMillis(MOST_DELAY_MS).multipliedBy(2).toNanos();
    while (heldBack.get() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(heldBack + " requests were held back for good");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private void later(long delayMs, FullHttpRequest request, Consumer<FullHttpRequest> action) {
    request.retain();
    threads.schedule(
        () -> {
          action.accept(request);
          request.release();
        },
        delayMs,
        TimeUnit.MILLISECONDS);
  }

  /** Asks the real store, on a connection of its own; where it breaks off, so do we. */
  private void send(FullHttpRequest request, Channel client, Consumer<FullHttpResponse> answered) {
    request.retain();
    new Bootstrap()
        .group(threads)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel toStore) {
                toStore
                    .pipeline()
                    .addLast(
                        new HttpClientCodec(),
                        new HttpObjectAggregator(MOST_BYTES),
                        new Answer(client, answered));
              }
            })
        .connect(store)
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    connected.channel().writeAndFlush(request);
                  } else {
                    request.release();
                    client.close();
                  }
                });
  }

  /** The real store's answer to one request. */
  private static final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final Channel client;
    private final Consumer<FullHttpResponse> answered;
    private boolean complete;

    Answer(Channel client, Consumer<FullHttpResponse> answered) {
      this.client = client;
      this.answered = answered;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      complete = true;
      answered.accept(response.retain());
      context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!complete) {
        client.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
      context.close();
    }
  }

  private static void answer(Channel client, FullHttpResponse response, boolean stays) {
    client
        .writeAndFlush(response)
        .addListener(
            written -> {
              if (!stays) {
                client.close();
              }
            });
  }

  private static void reset(Channel client, FullHttpResponse done) {
    done.release();
    // Closed without lingering, a connection is reset.
    client.config().setOption(ChannelOption.SO_LINGER, 0);
    client.close();
  }

  private static FullHttpResponse instead(FullHttpResponse done, FullHttpResponse error) {
    done.release();
    return error;
  }

  private static FullHttpResponse error500() {
    return error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "InternalError");
  }

  private static FullHttpResponse error503() {
    return error(HttpResponseStatus.SERVICE_UNAVAILABLE, "SlowDown");
  }

  private static FullHttpResponse error409() {
    return error(HttpResponseStatus.CONFLICT, "ConditionalRequestConflict");
  }

  private static FullHttpResponse error(HttpResponseStatus status, String code) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
            + code
            + "</Code><Message>injected by a test</Message><RequestId>0</RequestId></Error>";
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, UTF_8));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/xml");
    HttpUtil.setContentLength(response, response.content().readableBytes());
    return response;
  }
}
