package io.kandjietl.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file beside its final name, renamed over it once it is whole and on the disk. */
final class LocalPendingFile implements PendingFile {

    private static final Logger log = LoggerFactory.getLogger(LocalPendingFile.class);
    private static final int BUFFER = 1 << 16;

    private final Path temporary;
    private final Path target;
    private final FileChannel channel;
    private final OutputStream stream;

    LocalPendingFile(Path temporary, Path target) throws IOException {
        this.temporary = temporary;
        this.target = target;
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public void complete() throws IOException {
        stream.flush();
        channel.force(true);
        channel.close();
    }

    @Override
    public void publish() throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /** Makes the new name survive a power failure. The file is visible by now, so not being able to is no failure. */
    private void syncFolder() {
        try (FileChannel folder = FileChannel.open(target.resolveSibling(""), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            log.debug("The folder of {} can't be synced: {}", target, e.toString());
        }
    }

    @Override
    public void abandon() {
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            log.warn("{} could not be removed, the next run does it: {}", temporary, e.toString());
        }
    }
}
