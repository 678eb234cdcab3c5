import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints a line "file TAB profile TAB conforms|rules that fail" for every file and profile. */
class Conformance {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String path : java.util.Arrays.copyOfRange(arguments, 1, arguments.length)) {
            for (String profile : arguments[0].split(",")) {
                System.out.println(path + "\t" + profile + "\t" + verdict(new File(path), profile));
            }
        }
    }

    private static String verdict(File file, String profile) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            var result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            Set<String> broken = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(assertion.getRuleId().getClause() + ": " + assertion.getMessage());
                }
            }
            return result.isCompliant() ? "conforms" : String.join("; ", broken).replaceAll("\\s+", " ");
        }
    }
}
