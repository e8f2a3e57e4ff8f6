package dev.realms.openapi;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Javadoc of the sources, as sentences. What is not documented is empty. */
final class SourceDocs {

    /** By binary names of types, with {@code #name} of methods and {@code @name} of record components. */
    private final Map<String, String> sentences = new HashMap<>();

    private SourceDocs() {}

    static SourceDocs read(Path sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SourceDocs docs = new SourceDocs();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(java));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                docs.new Scanner(trees, unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return docs;
    }

    /** All of it, in one line. */
    String of(Class<?> type) {
        return sentences.getOrDefault(type.getName(), "");
    }

    /** All of it, in one line. */
    String of(Class<?> type, String method) {
        return sentences.getOrDefault(type.getName() + "#" + method, "");
    }

    String ofComponent(Class<?> type, String component) {
        String said = sentences.getOrDefault(type.getName() + "@" + component, "");
        return said.isEmpty() ? "" : Character.toUpperCase(said.charAt(0)) + said.substring(1);
    }

    /** The first of these sentences. */
    static String first(String sentences) {
        int end = sentences.indexOf(". ");
        return end < 0 ? sentences : sentences.substring(0, end + 1);
    }

    private final class Scanner extends TreePathScanner<Void, String> {

        private final DocTrees trees;
        private final String prefix;

        Scanner(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            String name = (outer == null ? prefix : outer + "$") + type.getSimpleName();
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                sentences.put(name, text(comment.getFullBody()));
                for (DocTree tag : comment.getBlockTags()) {
                    if (tag instanceof ParamTree component) {
                        sentences.put(name + "@" + component.getName(), text(component.getDescription()));
                    }
                }
            }
            return super.visitClass(type, name);
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                sentences.put(type + "#" + method.getName(), text(comment.getFullBody()));
            }
            return null;
        }
    }

    private static String text(List<? extends DocTree> parts) {
        return parts.stream()
                .map(SourceDocs::text)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String text(DocTree part) {
        if (part instanceof TextTree text) {
            return text.getBody();
        } else if (part instanceof LiteralTree literal) {
            return "`" + literal.getBody() + "`";
        } else if (part instanceof LinkTree link) {
            return link.getLabel().isEmpty()
                    ? "`" + link.getReference().getSignature().replaceAll("^.*[.#]", "") + "`"
                    : text(link.getLabel());
        }
        return "";
    }
}
