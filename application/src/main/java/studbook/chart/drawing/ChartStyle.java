package studbook.chart.drawing;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The style sheet of a page with a chart. */
final class ChartStyle {

  /** The list replaces the drawing on screens where its text would be too small. */
  private static final String SHEET =
      """
      :root { color-scheme: light dark; }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--paper); color: var(--ink);
        font: 16px/1.45 Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif; }
      main { max-width: 88rem; margin: 0 auto; }
      svg { display: block; width: 100%; height: auto; }
      .list { display: none; padding: 1rem .9rem 2rem; }
      h1 { margin: 0; font-size: 1.4rem; line-height: 1.2; overflow-wrap: anywhere; }
      h2 { margin: 1.6rem 0 .4rem; font-size: 1rem; }
      p, small, em { color: var(--faint); }
      p { margin: .3rem 0 1rem; }
      small { white-space: nowrap; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: .3rem 0; padding-left: .8rem; border-left: 1px solid var(--line); overflow-wrap: anywhere; }
      li::before { display: inline-block; width: .55em; height: .55em; margin-right: .45em; content: '';
        border: 1.5px solid var(--faint); }
      .sire::before { background: var(--faint); }
      .dam::before { border-radius: 50%; }
      li ul { margin-left: .1rem; }
      .legend li { padding-left: 0; border: 0; }
      .legend li::before { display: none; }
      .mark { display: inline-block; min-width: 1.35em; padding: 0 .25em; border-radius: .3em; text-align: center;
        font-size: .8em; font-weight: bold; line-height: 1.35; color: var(--paper); background: var(--mark); }
      @media screen and (max-width: 48rem) {
        svg { display: none; }
        .list { display: block; }
      }
      @page { size: A4 landscape; margin: 0; }
      @media print {
        main { max-width: none; }
        svg { width: 297mm; height: 209mm; }
        body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      }
      """;

  private ChartStyle() {}

  /** Of a page whose drawing has these colours; dark screens get the dark ones. */
  static String sheet(List<DrawingColour> colours) {
    return rules(colours, DrawingColour::light)
        + "@media screen and (prefers-color-scheme: dark) {\n"
        + rules(colours, DrawingColour::dark)
        + "}\n"
        + SHEET;
  }

  private static String rules(List<DrawingColour> colours, ToIntFunction<DrawingColour> shade) {
    String variables =
        List.of(DrawingColour.PAPER, DrawingColour.INK, DrawingColour.FAINT, DrawingColour.LINE)
            .stream()
            .map(colour -> "--%s: %s;".formatted(colour.name(), css(colour, shade)))
            .collect(Collectors.joining(" "));
    return colours.stream()
        .map(colour ->
            ".fill-%1$s { fill: %2$s; --mark: %2$s; } .stroke-%1$s { stroke: %2$s; }\n"
                .formatted(colour.name(), css(colour, shade)))
        .collect(Collectors.joining("", ":root { " + variables + " }\n", ""));
  }

  private static String css(DrawingColour colour, ToIntFunction<DrawingColour> shade) {
    return DrawingColour.css(shade.applyAsInt(colour));
  }
}
