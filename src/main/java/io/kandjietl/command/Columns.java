package io.kandjietl.command;

import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;

/** The columns of the tables that commands print. */
final class Columns {

    private Columns() {}

    /** Words, from the left. */
    static Column text(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    /** Words, from the left; what is longer than the width goes on in the next line. */
    static Column text(String header, int width) {
        return text(header).maxWidth(width);
    }

    /** Numbers, from the right. */
    static Column number(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
    }
}
