package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.chart.Resources;
import io.percore.coordinator.report.chart.SvgChart;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes a run as one HTML page that needs nothing else: no request leaves it, and its security
/// policy would stop one.
///
/// All text comes from the data. Names and reasons are escaped on the way out; the policy allows no
/// script and no style but the two of this page, by their hashes, should that ever fail. Without
/// scripts everything but the read-outs and the download buttons works.
public final class HtmlReport implements Renderer {
  private static final List<String> NUMBERS =
      List.of(
          "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
          "Eleven", "Twelve");

  /// Figures worth a second look: a ratio with the interval that follows it.
  private static final Pattern RATIO = Pattern.compile("\\d[\\d.]*×");

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    out.write(render(report));
  }

  /// The whole page.
  public String render(RunReport report) {
    List<Curve> curves = Curve.all(report.summary());
    Markup page = new Markup();
    page.trusted("<!DOCTYPE html>").line();
    page.open("html", "lang", "en");
    head(page, title(report, curves));
    page.open("body");
    page.element("a", "Skip to the charts", "class", "skip", "href", "#charts").line();
    page.open("main");
    headline(page, report, curves);
    PageFacts.write(page, report);
    new PageCards(report, curves).write(page);
    PageCharts charts = new PageCharts(report);
    charts.write(page);
    new PageTable(report, curves).write(page);
    PageLaws.write(page, report);
    PageLocks.write(page, report);
    PageMemory.write(page, report);
    PageReplay.write(page, report);
    PageTrials.write(page, report);
    PageNotes.write(page, report);
    page.close().line();
    page.open("footer")
        .text("Run " + PlainText.printable(report.runId()) + ", made by percore.")
        .close();
    page.open("script", "type", "application/json", "id", "readings")
        .trusted(charts.readings())
        .close()
        .line();
    page.open("script").trusted(script()).close();
    return page.close().close().line().toString();
  }

  private static void head(Markup page, String title) {
    String pageStyle = Resources.text(HtmlReport.class, "report.css");
    String policy =
        "default-src 'none'; style-src "
            + source(SvgChart.style())
            + " "
            + source(pageStyle)
            + "; script-src "
            + source(script())
            + "; img-src data: blob:; base-uri 'none'; form-action 'none'";
    page.open("head").line();
    page.empty("meta", "charset", "utf-8").line();
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy).line();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark").line();
    page.element("title", title);
    page.empty("link", "rel", "icon", "href", "data:,").line();
    page.open("style", "id", "chart-style").trusted(SvgChart.style()).close();
    page.open("style").trusted(pageStyle).close();
    page.close().line();
  }

  private static String script() {
    return Resources.text(HtmlReport.class, "report.js");
  }

  private static String source(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void headline(Markup page, RunReport report, List<Curve> curves) {
    page.open("header");
    if (!report.complete()) {
      page.element("p", "Incomplete run: some planned trials have no result", "class", "banner");
    }
    page.element("h1", title(report, curves));
    List<String> sentences =
        Verdict.sentences(report.summary(), report.experiment(), report.catalogue());
    page.open("p", "class", "lede");
    withBoldRatios(page, sentences.getFirst());
    page.close();
    if (sentences.size() > 1) {
      page.open("ul", "class", "verdict");
      for (String sentence : sentences.subList(1, sentences.size())) {
        page.open("li");
        withBoldRatios(page, sentence);
        page.close();
      }
      page.close();
    }
    page.close().line();
  }

  private static void withBoldRatios(Markup page, String sentence) {
    String text = Typography.of(PlainText.printable(sentence));
    Matcher ratio = RATIO.matcher(text);
    int done = 0;
    while (ratio.find()) {
      page.text(text.substring(done, ratio.start())).element("b", ratio.group());
      done = ratio.end();
    }
    page.text(text.substring(done));
  }

  private static String title(RunReport report, List<Curve> curves) {
    List<Curve> ways = curves.stream().filter(curve -> !curve.isSequentialBase()).toList();
    String workload =
        report
            .catalogue()
            .workload(report.experiment().workload())
            .map(w -> w.title())
            .orElse(report.experiment().workload());
    String subject =
        switch (ways.size()) {
          case 0 -> "The sequential base";
          case 1 -> ways.getFirst().name();
          default ->
              (ways.size() < NUMBERS.size() ? NUMBERS.get(ways.size()) : "" + ways.size())
                  + " ways to go parallel";
        };
    return PlainText.printable(subject + ": " + workload);
  }
}
