// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
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
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of many kinds that do not stop asking, and what went wrong for each. */
final class Traffic implements AutoCloseable {

  private static final int TIMEOUT = 10_000;

  /** Asks once; returns the answer. */
  private interface Ask {
    String once() throws IOException, InterruptedException;
  }

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> answers = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private final List<CountDownLatch> warm = new ArrayList<>();
  private final AtomicInteger uploads = new AtomicInteger();
  private volatile boolean stopped;

  /** Adds a client that keeps its connection for as long as it may. */
  Traffic keeping(String address, String method) {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/"))
        .timeout(Duration.ofMillis(TIMEOUT))
        .method(
            method,
            method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString("x=1"))
        .build();
    return add("kept " + method, () -> {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body().strip();
    });
  }

  /** Adds a client that keeps its connection, and is answered how many bytes of its body arrived. */
  Traffic uploading(String address, int bytes, boolean chunked) {
    byte[] body = new byte[bytes];
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/"))
        .POST(
            chunked
                ? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                : HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
    return add("POST of " + bytes + (chunked ? " in chunks" : ""), () -> {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200 || !response.body().equals(Integer.toString(bytes))) {
        throw new IOException(
            "status " + response.statusCode() + ", '" + response.body() + "' arrived");
      }
      uploads.incrementAndGet();
      return response.body();
    });
  }

  /** How many bodies arrived so far. */
  int uploads() {
    return uploads.get();
  }

  /** Adds a client that connects for each request, which waits for the answer to come. */
  Traffic connecting(String address, String path, String version) {
    return add("HTTP/" + version + " " + path, () -> {
      try (Socket socket = connect(address)) {
        String request =
            "GET " + path + " HTTP/" + version + "\r\nHost: test\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        String response = new String(socket.getInputStream().readAllBytes(), UTF_8);
        if (!response.matches("(?s)HTTP/1\\.[01] 200 .*")) {
          throw new IOException("answer '" + response.lines().findFirst().orElse("") + "'");
        }
        return response.substring(response.indexOf("\r\n\r\n")).strip();
      }
    });
  }

  /** Adds a client that asks for {@code host}, and keeps its connection unless it is told not to. */
  Traffic keepingFor(String host, String address) {
    Socket[] kept = new Socket[1];
    return add("for " + host, () -> {
      try {
        if (kept[0] == null) {
          kept[0] = connect(address);
        }
        Socket socket = kept[0];
        String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        String status = in.readLine();
        if (!"HTTP/1.1 200 OK".equals(status)) {
          throw new IOException("answer '" + status + "'");
        }
        int length = 0;
        boolean close = false;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          String header = line.toLowerCase(Locale.ROOT);
          close |= header.equals("connection: close");
          if (header.startsWith("content-length:")) {
            length = Integer.parseInt(header.substring(15).strip());
          }
        }
        char[] body = new char[length];
        int read = in.read(body);
        if (close) {
          socket.close();
          kept[0] = null;
        }
        return new String(body, 0, Math.max(0, read)).strip();
      } catch (IOException e) {
        kept[0] = null;
        throw e;
      }
    });
  }

  /** Adds a client that connects, has some lines echoed, and goes. */
  Traffic echoing(String address) {
    return add("echo", () -> {
      try (Socket socket = connect(address)) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        for (int i = 0; i < 5; i++) {
          socket.getOutputStream().write(("line " + i + "\n").getBytes(US_ASCII));
          String line = in.readLine();
          if (!("line " + i).equals(line)) {
            throw new IOException("echoed '" + line + "'");
          }
          Thread.sleep(20);
        }
        return "echo";
      }
    });
  }

  private static Socket connect(String address) throws IOException {
    URI uri = URI.create("http://" + address);
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT);
    return socket;
  }

  private Traffic add(String name, Ask ask) {
    CountDownLatch first = new CountDownLatch(1);
    warm.add(first);
    threads.add(new Thread(
        () -> {
          while (!stopped) {
            try {
              answers.add(ask.once());
              first.countDown();
            } catch (IOException e) {
              if (!stopped) {
                failures.add(Instant.now() + " " + name + ": " + e);
              }
            } catch (InterruptedException e) {
              return;
            }
          }
        },
        name));
    return this;
  }

  /** Starts all of them; returns once each had an answer. */
  Traffic start() throws InterruptedException {
    threads.forEach(Thread::start);
    for (CountDownLatch first : warm) {
      first.await();
    }
    return this;
  }

  /** What went wrong so far. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** The different answers so far. */
  Set<String> answers() {
    return Set.copyOf(answers);
  }

  @Override
  public void close() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }
}
