package dev.realms.ops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JobExecutionViewTest {

    private static final Pattern PARAMETER = Pattern.compile("jobParameters\\['(\\w+)']");

    @Test
    void hidesWhatNoJobOfOursAsksFor() {
        Properties parameters = new Properties();
        parameters.setProperty("run", "4711");
        parameters.setProperty("password", "fake-password");

        assertThat(JobExecutionView.parameters(parameters)).isEqualTo(Map.of("run", "4711", "password", "***"));
        assertThat(JobExecutionView.parameters(null)).isEmpty();
    }

    @Test
    void showsWhatTheJobsAskFor() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (var xml : JobXmls.all()) {
            PARAMETER.matcher(Files.readString(xml)).results().forEach(parameter -> asked.add(parameter.group(1)));
        }

        assertThat(asked).isNotEmpty().isEqualTo(JobExecutionView.SHOWN_PARAMETERS);
    }
}
