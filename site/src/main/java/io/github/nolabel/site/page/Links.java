package io.github.nolabel.site.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * Makes links between documents links between pages. What is no document, such as a source file, is
 * not part of the site: there the words stay and the link goes.
 */
final class Links extends AbstractVisitor {

  private final Path root;
  private final String source;
  private final Map<String, String> addresses;
  private final List<String> pages = new ArrayList<>();
  private final List<String> assets = new ArrayList<>();

  Links(Path root, String source, Map<String, String> addresses) {
    this.root = root;
    this.source = source;
    this.addresses = addresses;
  }

  String here() {
    return Objects.requireNonNull(addresses.get(source), source);
  }

  List<String> pages() {
    return pages;
  }

  List<String> assets() {
    return assets;
  }

  @Override
  public void visit(Link link) {
    visitChildren(link);
    String to = link.getDestination();
    if (to.contains(":")) {
      return;
    }
    int hash = to.indexOf('#');
    String anchor = hash < 0 ? "" : to.substring(hash);
    String path = hash < 0 ? to : to.substring(0, hash);
    String address = path.isEmpty() ? here() : page(path);
    if (address.isEmpty()) {
      unlink(link);
    } else {
      pages.add(address + anchor);
      link.setDestination(relative(address) + anchor);
    }
  }

  @Override
  public void visit(Image image) {
    visitChildren(image);
    if (!image.getDestination().contains(":")) {
      assets.add(inRepository(image.getDestination()));
    }
  }

  /** The address of the page at {@code path}; empty if a file is there that is no document. */
  private String page(String path) {
    String target = inRepository(path);
    String readme = target.isEmpty() ? "README.md" : target + "/README.md";
    return addresses.getOrDefault(target, addresses.getOrDefault(readme, ""));
  }

  private String inRepository(String path) {
    Path file = root.resolve(source).resolveSibling(path).normalize();
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "%s points to %s, which is not there".formatted(source, path));
    }
    return root.relativize(file).toString().replace('\\', '/');
  }

  private String relative(String address) {
    return "../".repeat((int) here().chars().filter(c -> c == '/').count()) + address;
  }

  private static void unlink(Link link) {
    for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
      link.insertBefore(child);
    }
    link.unlink();
  }
}
