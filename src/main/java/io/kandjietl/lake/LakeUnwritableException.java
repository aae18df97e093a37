package io.kandjietl.lake;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

/** The lake can't be written: the message says which file and why. What was visible in it before still is. */
public final class LakeUnwritableException extends FailureException {

    private static final long serialVersionUID = 1L;

    private static final String MEND = "Mend LAKE_URI, or the rights, the room and the connection that it needs,"
            + " then run the same command again";

    private static final String MEND_S3 =
            "Mend LAKE_URI, the settings KANDJI_LAKE_S3_…, the credentials (AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, a web identity, or the machine's role) or what they may do in the bucket,"
                    + " then run the same command again";

    private static final String MEND_FILE =
            "Restore that file from a copy, or remove it together with its snapshot's other"
                    + " file and manifest, then run the same command again";

    private LakeUnwritableException(String message, String remedy, IOException cause) {
        super(ExitCode.LAKE_UNWRITABLE, message, remedy, cause);
    }

    private static String mend(String root) {
        return root.startsWith(LakeUri.S3A + ":") ? MEND_S3 : MEND;
    }

    /** A file of a run that published the warehouse before. */
    static LakeUnwritableException publishing(String root, String path, IOException cause) {
        return new LakeUnwritableException(
                "Can't write " + path + " in the lake " + root + ": " + reason(cause),
                mend(root) + ": the warehouse is published already",
                cause);
    }

    /** A try, without a run. */
    static LakeUnwritableException probing(String root, IOException cause) {
        return new LakeUnwritableException("Can't write in the lake " + root + ": " + reason(cause), mend(root), cause);
    }

    /** What a lake holds could not be found out: nothing was done to it. */
    static LakeUnwritableException listing(String root, IOException cause) {
        return new LakeUnwritableException("Can't list the lake " + root + ": " + reason(cause), mend(root), cause);
    }

    /** A snapshot that is to go. */
    static LakeUnwritableException removing(String root, Instant slot, IOException cause) {
        return new LakeUnwritableException(
                "Can't remove the snapshot of " + slot + " from the lake " + root + ": " + reason(cause),
                mend(root),
                cause);
    }

    /** A snapshot that a person is to be taken out of. */
    static LakeUnwritableException forgetting(String root, Instant slot, IOException cause) {
        return new LakeUnwritableException(
                "Can't take a person out of the snapshot of " + slot + " in the lake " + root + ": " + reason(cause),
                cause instanceof BrokenFileException ? MEND_FILE : mend(root),
                cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> reasonOf(denied);
            case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
            case FileSystemException local -> reasonOf(local);
            case UnknownHostException unknown -> "unknown host " + firstLine(unknown);
            case ClosedByInterruptException ignored -> "the run was interrupted";
            default -> firstLine(cause);
        };
    }

    private static String reasonOf(AccessDeniedException cause) {
        return S3Answer.isWithoutCredentials(cause)
                ? "no credentials for S3 were found"
                : "permission denied on " + cause.getFile()
                        + S3Answer.code(cause).orElse("");
    }

    private static String reasonOf(FileSystemException cause) {
        return cause.getReason() == null ? firstLine(cause) : cause.getReason() + ": " + cause.getFile();
    }

    /** Hadoop's messages go on with stack traces of the server, and with a link that helps nobody. */
    private static String firstLine(IOException cause) {
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        String line = message.lines().findFirst().orElse("").replaceFirst(";? For more details see:.*", "");
        return line.isBlank() ? cause.getClass().getSimpleName() : line;
    }
}
