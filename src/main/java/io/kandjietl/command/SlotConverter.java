package io.kandjietl.command;

import io.kandjietl.job.Slot;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a slot from the command line. */
final class SlotConverter implements ITypeConverter<Slot> {

    @Override
    public Slot convert(String value) {
        try {
            return Slot.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
