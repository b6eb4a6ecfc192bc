import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Judges files by veraPDF's engine: `Judge FLAVOUR=PROFILE[,…] FILE…`, e.g. `ua1=PDFUA-1`.
 *
 * Prints a line for each file and flavour, "verdict TAB flavour TAB checks TAB failed TAB file", and
 * below it one line "TAB rule TAB message" for every failed check. The engine comes without the
 * library by which it reads its own profiles, so they are read here.
 */
public final class Judge {
  private static final Comparator<Rule> BY_NUMBER =
      Comparator.comparing((Rule r) -> r.getRuleId().getClause())
          .thenComparingInt(r -> r.getRuleId().getTestNumber())
          .thenComparing(Rule::getObject);

  public static void main(String[] arguments) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (String asked : arguments[0].split(",")) {
      String[] pair = asked.split("=");
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(pair[0]);
      ValidationProfile profile = profile(pair[1]);
      for (int place = 1; place < arguments.length; place++) {
        judge(flavour, profile, arguments[place]);
      }
    }
  }

  private static void judge(PDFAFlavour flavour, ValidationProfile profile, String path)
      throws Exception {
    var foundry = Foundries.defaultInstance();
    try (var parser = foundry.createParser(new File(path), flavour);
        var validator = foundry.createValidator(profile, -1, true, false, false)) {
      var result = validator.validate(parser);
      var lines = new ArrayList<String>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() == TestAssertion.Status.FAILED) {
          var rule = one.getRuleId();
          String told = one.getMessage().replaceAll("\\s+", " ");
          lines.add("\t" + rule.getClause() + "-" + rule.getTestNumber() + "\t" + told);
        }
      }
      String verdict = result.isCompliant() ? "passed" : "failed";
      System.out.println(String.join("\t", verdict, flavour.getId(),
          "" + result.getTotalAssertions(), "" + lines.size(), path));
      lines.forEach(System.out::println);
    }
  }

  private static ValidationProfile profile(String name) throws Exception {
    String resource = "/org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream in = ValidationProfile.class.getResourceAsStream(resource)) {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      return profile(factory.newDocumentBuilder().parse(in).getDocumentElement());
    }
  }

  private static ValidationProfile profile(Element root) {
    SortedSet<Rule> rules = new TreeSet<>(BY_NUMBER);
    List<Element> listed = children(child(root, "rules"), "rule");
    listed.forEach(one -> rules.add(rule(one)));
    if (rules.size() != listed.size()) {
      throw new IllegalStateException("a rule was lost");
    }
    Set<Variable> variables = new LinkedHashSet<>();
    for (Element one : children(child(root, "variables"), "variable")) {
      variables.add(Profiles.variableFromValues(one.getAttribute("name"),
          one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
    }
    Element details = child(root, "details");
    return Profiles.profileFromValues(
        PDFAFlavour.valueOf(root.getAttribute("flavour")),
        Profiles.profileDetailsFromValues(text(details, "name"), text(details, "description"),
            details.getAttribute("creator"), new Date(0)),
        "", rules, variables);
  }

  private static Rule rule(Element one) {
    Element id = child(one, "id");
    Element error = child(one, "error");
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element each : children(child(error, "arguments"), "argument")) {
      String name = each.hasAttribute("name") ? each.getAttribute("name") : null;
      arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), name, null));
    }
    String deferred = one.getAttribute("deferred");
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
        one.getAttribute("object"), deferred.isEmpty() ? null : Boolean.valueOf(deferred),
        one.getAttribute("tags"), text(one, "description"), text(one, "test"),
        Profiles.errorFromValues(text(error, "message"), arguments), Collections.emptyList());
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node one = parent == null ? null : parent.getFirstChild(); one != null;
        one = one.getNextSibling()) {
      if (one instanceof Element && name.equals(one.getLocalName())) {
        found.add((Element) one);
      }
    }
    return found;
  }

  private static Element child(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? null : found.get(0);
  }

  private static String text(Element parent, String name) {
    Element found = child(parent, name);
    return found == null ? "" : found.getTextContent();
  }
}
