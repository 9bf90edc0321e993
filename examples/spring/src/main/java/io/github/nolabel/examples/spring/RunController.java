package io.github.nolabel.examples.spring;

import io.github.nolabel.api.UserMistake;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Starts, shows and stops runs. */
@RestController
@RequestMapping("/runs")
public class RunController {

  private final BackgroundRuns runs;

  public RunController(BackgroundRuns runs) {
    this.runs = runs;
  }

  /** Answers as soon as the request was found to hold; training goes on behind it. */
  @PostMapping
  public ResponseEntity<RunView> start(@RequestBody RunRequest request) {
    RunView view = runs.start(request.plan()).view();
    return ResponseEntity.accepted().location(URI.create("/runs/" + view.id())).body(view);
  }

  @GetMapping("/{id}")
  public RunView show(@PathVariable String id) {
    return find(id).view();
  }

  /** The run ends after its step and a checkpoint; its folder stays. */
  @DeleteMapping("/{id}")
  public ResponseEntity<RunView> stop(@PathVariable String id) {
    BackgroundRun run = find(id);
    run.stop();
    return ResponseEntity.accepted().body(run.view());
  }

  @ExceptionHandler
  ProblemDetail mistake(UserMistake mistake) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, mistake.getMessage());
  }

  private BackgroundRun find(String id) {
    return runs.find(id)
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "There is no run '%s'.".formatted(id)));
  }
}
