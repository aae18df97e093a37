package io.kandjietl.kandji;

/** A piece of foreign text that is fit for a message: without the token, on one line, printable, bounded. */
final class Excerpt {

    private static final int MAX_LENGTH = 200;

    /** How much of the text is looked at: enough to get past an HTML page's blank lines. */
    private static final int MAX_SCANNED = 4096;

    private Excerpt() {}

    /** The text in quotation marks; the token is taken out before anything is cut, so that no part of it stays. */
    static String quoted(String text, ApiToken token) {
        return '"' + of(text, token) + '"';
    }

    static String of(String text, ApiToken token) {
        StringBuilder line = new StringBuilder();
        token.redact(text).codePoints().limit(MAX_SCANNED).forEach(c -> append(line, c));
        String excerpt = line.toString().strip();
        if (excerpt.length() <= MAX_LENGTH) {
            return excerpt;
        }
        int end = Character.isHighSurrogate(excerpt.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return excerpt.substring(0, end) + "…";
    }

    private static void append(StringBuilder line, int codePoint) {
        if (isPrintable(codePoint)) {
            line.appendCodePoint(codePoint);
        } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
            line.append(' ');
        }
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
