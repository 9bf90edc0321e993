package io.github.nolabel.examples.spring;

import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.plan.Catalogue;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine and what it runs on, by plain constructors; Spring closes them in reverse order. */
@Configuration
public class EngineConfiguration {

  @Bean
  Engine engine() {
    return new Engine(TrainingRuntime.find(), Catalogue.standard());
  }

  @Bean
  ExecutorService trainers(@Value("${nolabel.threads}") int threads) {
    return Executors.newFixedThreadPool(threads);
  }

  @Bean
  BackgroundRuns backgroundRuns(
      Engine engine, ExecutorService trainers, @Value("${nolabel.runs}") String folder) {
    return new BackgroundRuns(engine, trainers, Path.of(folder));
  }
}
