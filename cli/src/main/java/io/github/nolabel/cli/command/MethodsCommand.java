package io.github.nolabel.cli.command;

import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.SourceProvider;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextEncoderProvider;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.OptionGroup;
import io.github.nolabel.runs.plan.OptionSpace;
import io.github.nolabel.runs.plan.PlanSchema;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.protocol.Columns;
import io.github.nolabel.runs.protocol.Protocol;
import io.github.nolabel.runs.protocol.Protocols;
import io.github.nolabel.runs.watch.RunLog;
import io.github.nolabel.runs.watch.RunLogs;
import io.github.nolabel.text.TokenizerTrainer;
import io.github.nolabel.text.Tokenizers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what there is. */
@Command(
    name = "methods",
    description =
        "List methods, backbones and data sources, or every option of one method or evaluation"
            + " protocol.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MethodsCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "METHOD",
      description = "Show this one's options; linear and other protocols have some, too.")
  private @Nullable String method;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "Whose options to show beside the method's.")
  private String backbone = Defaults.STANDARD.run().backbone();

  @Option(
      names = "--schema",
      description =
          "Print the JSON Schema of --config files: of METHOD's with --backbone, or of all.")
  private boolean schema;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  MethodsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (schema) {
      console.out().print(Json.pretty(schema().json()));
    } else if (method == null) {
      listAll();
    } else if (isProtocol(method)) {
      listProtocol(Protocols.standard().require(method));
    } else {
      listOptions(Methods.all().require(method), Backbones.all().require(backbone));
    }
    return 0;
  }

  private PlanSchema schema() {
    Catalogue catalogue = Catalogue.standard();
    if (method == null) {
      return PlanSchema.of(catalogue, Defaults.STANDARD);
    }
    List<Assignment> asked =
        List.of(
            Assignment.of(OptionGroup.RUN, "method", method),
            Assignment.of(OptionGroup.RUN, "backbone", backbone));
    return PlanSchema.of(new Planner(Defaults.STANDARD, catalogue).plan(List.of(asked)));
  }

  private void listAll() {
    Map<String, List<Entry>> kinds = new LinkedHashMap<>();
    kinds.put("methods", Methods.all().all().stream().map(Entry::of).toList());
    kinds.put("backbones", Backbones.all().all().stream().map(Entry::of).toList());
    kinds.put("textNetworks", TextEncoders.all().all().stream().map(Entry::of).toList());
    kinds.put("tokenizers", Tokenizers.trainers().all().stream().map(Entry::of).toList());
    kinds.put("dataSources", Datasets.sources().stream().map(Entry::of).toList());
    kinds.put("protocols", Protocols.standard().all().stream().map(Entry::of).toList());
    kinds.put("logs", RunLogs.standard().all().stream().map(Entry::of).toList());
    if (json) {
      console.out().print(Json.pretty(kinds));
      return;
    }
    section("Methods", kinds.getOrDefault("methods", List.of()));
    section("Backbones (--backbone)", kinds.getOrDefault("backbones", List.of()));
    section("Text networks (text.network)", kinds.getOrDefault("textNetworks", List.of()));
    section("Tokenizers (text.tokenizer)", kinds.getOrDefault("tokenizers", List.of()));
    section("Data sources (--data)", kinds.getOrDefault("dataSources", List.of()));
    section("Protocols (evaluate --protocol)", kinds.getOrDefault("protocols", List.of()));
    section("Logs (--log-to)", kinds.getOrDefault("logs", List.of()));
    console.out().printf("Options of one method: %s methods simclr%n", console.program());
  }

  private boolean isProtocol(String name) {
    String wanted = Suggestions.fold(name);
    return Protocols.standard().names().stream().map(Suggestions::fold).anyMatch(wanted::equals);
  }

  private void listProtocol(Protocol<?> protocol) {
    List<OptionInfo> options = RecordOptions.options(protocol.defaults());
    if (json) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("name", protocol.name());
      described.put("summary", protocol.summary());
      described.put("options", Map.of(protocol.group(), Listing.described(options)));
      console.out().print(Json.pretty(described));
      return;
    }
    console.out().printf("%s: %s%n%n", protocol.name(), protocol.summary());
    console.out().println("Options (evaluate --set NAME=VALUE)");
    Columns.aligned(Listing.rows(options)).forEach(console.out()::println);
  }

  private void section(String title, List<Entry> entries) {
    console.out().println(title);
    Columns.aligned(entries.stream().map(e -> List.of(e.usage(), e.summary())).toList())
        .forEach(console.out()::println);
    console.out().println();
  }

  private void listOptions(MethodProvider<?> provider, BackboneProvider<?> network) {
    Map<OptionGroup, List<OptionInfo>> options =
        new OptionSpace(Defaults.STANDARD, provider, network).options();
    if (json) {
      console.out().print(Json.pretty(described(provider, network, options)));
      return;
    }
    console.out().printf("%s: %s%n%n", provider.name(), provider.summary());
    optionSection("Options (--set NAME=VALUE)", options, OptionGroup.METHOD);
    optionSection("Run (flags, such as --batch-size)", options, OptionGroup.RUN);
    optionSection(
        "Backbone %s (--set backbone.NAME=VALUE)".formatted(network.name()),
        options,
        OptionGroup.BACKBONE);
    if (provider.texts().isPresent()) {
      optionSection("Text (--set text.NAME=VALUE)", options, OptionGroup.TEXT);
    }
    for (OptionGroup group :
        List.of(
            OptionGroup.OPTIMIZER,
            OptionGroup.SCHEDULE,
            OptionGroup.CHECKPOINT,
            OptionGroup.EVALUATION,
            OptionGroup.DEVICE)) {
      String prefix = group.prefix();
      optionSection(
          "%s%s (--set %s.NAME=VALUE)"
              .formatted(
                  prefix.substring(0, 1).toUpperCase(java.util.Locale.ROOT),
                  prefix.substring(1),
                  prefix),
          options,
          group);
    }
  }

  private void optionSection(
      String title, Map<OptionGroup, List<OptionInfo>> options, OptionGroup group) {
    console.out().println(title);
    Columns.aligned(Listing.rows(options.getOrDefault(group, List.of())))
        .forEach(console.out()::println);
    console.out().println();
  }

  private static Map<String, Object> described(
      MethodProvider<?> provider,
      BackboneProvider<?> network,
      Map<OptionGroup, List<OptionInfo>> options) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", provider.name());
    described.put("aliases", new ArrayList<>(provider.aliases()));
    described.put("summary", provider.summary());
    described.put("backbone", network.name());
    Map<String, Object> groups = new LinkedHashMap<>();
    options.forEach((group, infos) -> groups.put(group.prefix(), Listing.described(infos)));
    described.put("options", groups);
    return described;
  }

  /** One line of a list. */
  record Entry(String name, List<String> aliases, String usage, String summary) {

    static Entry of(MethodProvider<?> provider) {
      return new Entry(provider.name(), provider.aliases(), provider.name(), provider.summary());
    }

    static Entry of(BackboneProvider<?> provider) {
      return new Entry(provider.name(), provider.aliases(), provider.name(), provider.summary());
    }

    static Entry of(Protocol<?> protocol) {
      return new Entry(protocol.name(), protocol.aliases(), protocol.name(), protocol.summary());
    }

    static Entry of(TextEncoderProvider provider) {
      return new Entry(provider.name(), provider.aliases(), provider.name(), provider.summary());
    }

    static Entry of(TokenizerTrainer trainer) {
      return new Entry(trainer.name(), trainer.aliases(), trainer.name(), trainer.summary());
    }

    static Entry of(RunLog log) {
      return new Entry(log.name(), log.aliases(), log.usage(), log.summary());
    }

    static Entry of(SourceProvider provider) {
      return new Entry(provider.name(), provider.aliases(), provider.usage(), provider.summary());
    }
  }
}
