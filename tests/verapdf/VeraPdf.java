import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Reads lines "flavour TAB path" and answers each with a line of JSON: the rules that fail. */
public class VeraPdf {
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // what the library says goes elsewhere
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = questions.readLine()) != null; ) {
            String[] asked = line.split("\t", 2);
            answers.println(answer(asked[0], asked[1]));
            answers.flush();
        }
    }

    private static String answer(String name, String path) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) return error("no such flavour: " + name);
        try (var parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            return json(validator.validate(parser));
        } catch (Exception problem) {
            return error(problem.toString());
        }
    }

    /** One entry for each rule, with the number of times it fails and the first place. */
    private static String json(ValidationResult result) {
        Map<String, String> failed = new TreeMap<>();
        for (TestAssertion test : result.getTestAssertions()) {
            if (test.getStatus() != TestAssertion.Status.FAILED) continue;
            RuleId rule = test.getRuleId();
            String head = "{\"clause\": " + quoted(rule.getClause())
                + ", \"test\": " + rule.getTestNumber();
            failed.putIfAbsent(head, head
                + ", \"count\": " + result.getFailedChecks().get(rule)
                + ", \"description\": " + quoted(test.getMessage())
                + ", \"place\": " + quoted(test.getLocation().getContext()) + "}");
        }
        return "{\"checks\": " + result.getTotalAssertions()
            + ", \"failed\": [" + String.join(", ", failed.values()) + "]}";
    }

    private static String error(String message) {
        return "{\"error\": " + quoted(message) + "}";
    }

    /** Only ASCII, so that the answer does not depend on the encoding of a terminal. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char each : String.valueOf(text).toCharArray()) {
            if (each == '"' || each == '\\') out.append('\\').append(each);
            else if (each < ' ' || each > '~') out.append(String.format("\\u%04x", (int) each));
            else out.append(each);
        }
        return out.append('"').toString();
    }
}
