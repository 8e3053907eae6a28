//! The file system that a folder lies on: its kind by the kernel's list of mounts, and the space that is left.

use std::path::Path;

/// The name of the kind of file system, such as `ext4`; nothing where the system does not tell.
pub(super) fn file_system(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    kind_at(&mounts, &folder)
}

/// Whether files of that kind lie on another machine, or are copied to one.
pub(super) fn is_on_network(kind: &str) -> bool {
    const KINDS: [&str; 12] =
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "coda", "lustre", "gpfs", "glusterfs"];
    KINDS.contains(&kind) || kind.starts_with("fuse.")
}

/// The bytes that this user can still write there.
#[cfg(unix)]
pub(super) fn free_bytes(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// The bytes that this user can still write there; this system is not asked.
#[cfg(not(unix))]
pub(super) fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// The kind of the mount that holds a folder, by the lines of proc(5): the longest mount point above it, the last of two.
fn kind_at(mounts: &str, folder: &Path) -> Option<String> {
    let mount = |line: &str| {
        let (before, behind) = line.split_once(" - ")?;
        let point = unescaped(before.split(' ').nth(4)?);
        let is_above = folder.starts_with(&point);
        is_above.then_some((point.len(), behind.split(' ').next()?.to_owned()))
    };
    mounts.lines().filter_map(mount).max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

/// A mount point as it is written: a space as `\040`.
fn unescaped(point: &str) -> String {
    point.replace(r"\040", " ").replace(r"\011", "\t").replace(r"\134", r"\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
31 27 0:40 / /home/ann/My\\040Drive rw - fuse.rclone remote: rw
32 27 0:41 / /home rw - xfs /dev/vdb rw
33 27 0:42 / /mnt/team rw - nfs4 host:/team rw
";

    #[test]
    fn the_nearest_mount_above_a_folder_says_the_kind() {
        let case = |folder: &str, kind: &str, on_network: bool| {
            assert_eq!(kind_at(MOUNTS, Path::new(folder)).as_deref(), Some(kind), "{folder}");
            assert_eq!(is_on_network(kind), on_network, "{kind}");
        };
        case("/srv/saves", "ext4", false);
        case("/home/ann/saves", "xfs", false);
        case("/home/ann/My Drive/saves", "fuse.rclone", true);
        case("/mnt/team/saves", "nfs4", true);
        case("/mnt/teams", "ext4", false);
        assert_eq!(kind_at("", Path::new("/")), None);
    }
}
