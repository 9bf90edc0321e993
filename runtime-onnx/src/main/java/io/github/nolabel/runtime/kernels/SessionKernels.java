package io.github.nolabel.runtime.kernels;

import io.github.nolabel.api.train.DeviceConfig.ImageGradient;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.convolution.TransposedGradients;
import io.github.nolabel.runtime.kernels.formula.FormulaModel;
import io.github.nolabel.runtime.kernels.formula.GroupedUpdates;
import io.github.nolabel.runtime.kernels.formula.SquareSums;
import io.github.nolabel.runtime.kernels.maps.MapModel;
import io.github.nolabel.runtime.kernels.matrices.ProductModel;
import io.github.nolabel.runtime.kernels.matrices.RowModel;
import io.github.nolabel.runtime.kernels.model.FilledInPlace;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import io.github.nolabel.runtime.kernels.node.Crew;
import io.github.nolabel.runtime.kernels.node.KernelMemory;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.onnxruntime.OrtCustomOp;
import org.bytedeco.onnxruntime.OrtCustomOpDomain;
import org.bytedeco.onnxruntime.OrtSessionOptions;

/**
 * The kernels of one session and all that they own; close it after the session. Sessions that are
 * opened with it run one node at a time, in any thread.
 */
public final class SessionKernels implements AutoCloseable {

  private static final String ATTEMPT = "register kernels";

  private final OrtLibrary library;
  private final NativeScope scope = new NativeScope();
  private final KernelChoice choice;
  private final Workplace workplace;
  private final Crew crew;

  private SessionKernels(OrtLibrary library, KernelChoice choice, int threads) {
    this.library = library;
    this.choice = choice;
    this.crew = scope.own(new Crew(threads), Crew::close);
    KernelMemory memory = scope.own(new KernelMemory(), KernelMemory::close);
    this.workplace =
        new Workplace(memory, threads, choice.arithmetic(), MapLayout.PLAIN, choice.tiles());
  }

  /**
   * @param threads of the session
   */
  public static SessionKernels open(OrtLibrary library, KernelChoice choice, int threads) {
    return new SessionKernels(library, choice, threads);
  }

  /** The model as a session with these kernels has to read it. */
  public byte[] readable(byte[] model) {
    return choice.isEmpty() ? model : OperatorSets.named(model);
  }

  /**
   * The model that trains: updates as formulas, feature maps in the kernels' layout where that
   * pays, products turned and in bf16 what lies between; on a card, updates in groups and zeros
   * where they are used.
   *
   * @param gradient of images, where these kernels do not take it
   */
  public byte[] training(byte[] model, ImageGradient gradient, boolean card) {
    if (choice.isEmpty()) {
      byte[] own = card ? FilledInPlace.rewritten(GroupedUpdates.rewritten(model)) : model;
      return gradient == ImageGradient.TRANSPOSED ? TransposedGradients.rewritten(own) : own;
    }
    byte[] updates = FormulaModel.rewritten(SquareSums.rewritten(readable(model)));
    byte[] maps =
        choice.hasMaps() ? MapModel.rewritten(updates, choice.maps() == Maps.ALWAYS) : updates;
    return choice.hasProducts() ? RowModel.rewritten(ProductModel.rewritten(maps)) : maps;
  }

  /** Lets the session that these options open use the kernels. */
  public void addTo(OrtSessionOptions options) {
    Map<String, List<Operator>> domains =
        choice.registered().stream()
            .collect(
                Collectors.groupingBy(Operator::domain, LinkedHashMap::new, Collectors.toList()));
    domains.forEach(
        (name, operators) ->
            library
                .errors()
                .check(library.api().AddCustomOpDomain(options, domain(name, operators)), ATTEMPT));
  }

  private OrtCustomOpDomain domain(String name, List<Operator> operators) {
    OrtCustomOpDomain domain = new OrtCustomOpDomain();
    library.errors().check(library.api().CreateCustomOpDomain(name, domain), ATTEMPT);
    scope.own(domain, library.api()::ReleaseCustomOpDomain);
    for (Operator operator : operators) {
      library
          .errors()
          .check(library.api().CustomOpDomain_Add(domain, registered(operator)), ATTEMPT);
    }
    return domain;
  }

  private OrtCustomOp registered(Operator operator) {
    BytePointer name = scope.own(new BytePointer(operator.name()), BytePointer::close);
    OperatorBinding binding =
        new OperatorBinding(
            operator,
            name,
            choice.arithmetic(),
            crew,
            node -> operator.maker().make(node, place(operator)));
    return scope.own(KernelCallbacks.PROCESS.register(binding), KernelCallbacks.PROCESS::forget);
  }

  private Workplace place(Operator operator) {
    return operator.onMaps() ? workplace.in(MapLayout.maps(choice.arithmetic())) : workplace;
  }

  /** Kernels that sessions have and have not given back, in the whole process. */
  public static int live() {
    return KernelCallbacks.PROCESS.liveKernels();
  }

  @Override
  public void close() {
    scope.close();
  }
}
