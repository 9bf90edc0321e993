package io.github.nolabel.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Pre-trains backbones on request: {@link EngineConfiguration} wires it, {@link RunController} is
 * what others see. It has no accounts: whoever reaches it can name any folder that it may read.
 */
@SpringBootApplication
public class PretrainingApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(PretrainingApplication.class, arguments);
  }
}
