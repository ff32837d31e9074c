// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that keep asking one address: two that keep their connections, one that connects each time.
 */
final class Load implements AutoCloseable {

  private final URI address;
  private final AtomicLong answers = new AtomicLong();
  private final Set<String> bodies = ConcurrentHashMap.newKeySet();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch warm = new CountDownLatch(3);
  private volatile boolean stopped;

  private Load(URI address) {
    this.address = address;
  }

  /** Starts to ask; returns once every client had an answer. */
  static Load on(String address) throws InterruptedException {
    Load load = new Load(URI.create(address));
    for (boolean keeps : new boolean[] {true, true, false}) {
      Thread thread = new Thread(() -> load.ask(keeps), "load");
      thread.start();
      load.threads.add(thread);
    }
    load.warm.await();
    return load;
  }

  private void ask(boolean keeps) {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    boolean first = true;
    while (!stopped) {
      try {
        String body = keeps ? get(client) : getOnce();
        answers.incrementAndGet();
        bodies.add(body.strip());
        if (first) {
          warm.countDown();
          first = false;
        }
      } catch (IOException e) {
        failures.add(Instant.now() + (keeps ? " kept: " : " new: ") + e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private String get(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return response.body();
  }

  /** Asks over a connection of its own, which the server closes. */
  private String getOnce() throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(10_000);
      String request = "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String response = new String(socket.getInputStream().readAllBytes(), UTF_8);
      if (!response.startsWith("HTTP/1.1 200 ")) {
        throw new IOException("answer '" + response.lines().findFirst().orElse("") + "'");
      }
      return response.substring(response.indexOf("\r\n\r\n"));
    }
  }

  /** What went wrong so far. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  long answers() {
    return answers.get();
  }

  /** The different answers so far. */
  Set<String> bodies() {
    return Set.copyOf(bodies);
  }

  @Override
  public void close() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }
}
