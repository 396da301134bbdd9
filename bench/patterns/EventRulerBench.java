import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/**
 * Event Ruler as a contestant: `EventRulerBench RULES EVENTS`, both files with one JSON object in each line. Takes one order a line from
 * standard input and answers each with one line, like contestant.js.
 */
public final class EventRulerBench {
  private final Machine machine = new Machine();
  private final List<String> texts;
  private final List<JsonNode> parsed = new ArrayList<>();
  /** By mode: the event that comes next. */
  private final Map<String, Integer> places = new HashMap<>();

  private EventRulerBench(Path rules, Path events) throws Exception {
    int number = 0;
    for (String rule : Files.readAllLines(rules)) machine.addRule(Integer.toString(++number), rule);
    texts = Files.readAllLines(events);
    ObjectMapper mapper = new ObjectMapper();
    for (String text : texts) parsed.add(mapper.readTree(text));
  }

  private List<String> match(String mode, int event) throws Exception {
    return mode.equals("text")
        ? machine.rulesForJSONEvent(texts.get(event))
        : machine.rulesForJSONEvent(parsed.get(event));
  }

  /** What the process has used of processors so far, in nanoseconds. */
  private static long used() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  /**
   * How many events were matched in so many milliseconds, how long that took in truth, and how many rules they matched. Goes on
   * where the last round of the mode stopped; the clock is looked at once in 200 events.
   */
  private String round(String mode, long milliseconds) throws Exception {
    long startedAt = used();
    long endAt = startedAt + milliseconds * 1_000_000;
    long events = 0;
    long matched = 0;
    do {
      int from = places.getOrDefault(mode, 0);
      int to = Math.min(from + 200, texts.size());
      for (int event = from; event < to; event++) matched += match(mode, event).size();
      places.put(mode, to % texts.size());
      events += to - from;
    } while (used() < endAt);
    return events + " " + (used() - startedAt) + " " + matched;
  }

  /** How many pairs of event and rule match, and a sum that tells which. */
  private String check(String mode) throws Exception {
    long matched = 0;
    long sum = 0;
    for (int event = 0; event < texts.size(); event++) {
      for (String rule : match(mode, event)) {
        matched++;
        sum += Long.parseLong(rule) * (event + 1);
      }
    }
    return matched + " " + sum;
  }

  public static void main(String[] arguments) throws Exception {
    EventRulerBench bench = new EventRulerBench(Path.of(arguments[0]), Path.of(arguments[1]));
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      System.out.println(words[0].equals("check") ? bench.check(words[1]) : bench.round(words[1], Long.parseLong(words[2])));
    }
  }
}
