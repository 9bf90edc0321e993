package io.github.nolabel.runtime.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A program that holds a run until its input ends. */
final class LockHolder {

  private LockHolder() {}

  public static void main(String[] args) throws IOException {
    RunLock lock = RunLock.acquire(Path.of(args[0]));
    System.out.println("held");
    while (System.in.read() >= 0) {
      // Only the end matters.
    }
    lock.close();
  }
}
