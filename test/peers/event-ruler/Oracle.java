import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.LinkedHashMap;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;
import software.amazon.event.ruler.Ruler;

/**
 * Says what Event Ruler makes of patterns and events. Reads a JSON object a line, writes an answer a line:
 *
 * <pre>
 * {"pattern": "...", "event": "..."}    true | false | invalid: {"thrown": "...", "checked": "..."} | unreadable: "..."
 * {"pattern": "...", "complexity": 99}  how complex its wildcards are, counted up to there; or invalid
 * </pre>
 *
 * "thrown" is what adding the rule says, "checked" what the newer of the library's two compilers says. Both texts go to the
 * library as they are.
 */
public final class Oracle {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Oracle() { }

    public static void main(final String[] args) throws IOException {
        final BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
        final Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.write(answer(JSON.readTree(line)));
            out.write('\n');
            if (!in.ready()) {
                out.flush();
            }
        }
        out.flush();
    }

    private static String answer(final JsonNode asked) throws IOException {
        final String pattern = asked.get("pattern").textValue();
        try {
            if (asked.has("complexity")) {
                final Machine machine = new Machine();
                machine.addRule("rule", pattern);
                final int limit = asked.get("complexity").intValue();
                return String.valueOf(machine.evaluateComplexity(new MachineComplexityEvaluator(limit)));
            }
            return String.valueOf(Ruler.matchesRule(asked.get("event").textValue(), pattern));
        } catch (Exception e) {
            return refusal(pattern, e);
        }
    }

    /** Whether it is the pattern that was refused, or the event. */
    private static String refusal(final String pattern, final Exception thrown) throws IOException {
        try {
            new Machine().addRule("rule", pattern);
            return "unreadable: " + JSON.writeValueAsString(thrown.getMessage());
        } catch (Exception e) {
            final Map<String, String> messages = new LinkedHashMap<>();
            messages.put("thrown", e.getMessage());
            messages.put("checked", JsonRuleCompiler.check(pattern));
            return "invalid: " + JSON.writeValueAsString(messages);
        }
    }
}
