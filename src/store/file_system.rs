//! Which file systems lie on another machine: locks may not hold between hosts there. The comparison before every replacement does.

use std::path::Path;

use crate::store::disk::folder_of;

/// The name of the network file system that a save lies on; nothing for one on this machine.
#[cfg(target_os = "linux")]
pub fn network_file_system(save: &Path) -> Option<&'static str> {
    let found = rustix::fs::statfs(folder_of(save)).ok()?;
    // The kernel's numbers fit 32 bits; on some machines they come with a sign.
    name_of((found.f_type as u64) & 0xFFFF_FFFF)
}

/// The name of the network file system that a save lies on; this system is not asked.
#[cfg(not(target_os = "linux"))]
pub fn network_file_system(save: &Path) -> Option<&'static str> {
    let _ = folder_of(save);
    None
}

/// The numbers of statfs(2) and of the kernel's magic.h.
#[cfg(any(target_os = "linux", test))]
fn name_of(number: u64) -> Option<&'static str> {
    match number {
        0x6969 => Some("NFS"),
        0x517B | 0xFF53_4D42 | 0xFE53_4D42 => Some("SMB"),
        0x0102_1997 => Some("9P"),
        0x5346_414F | 0x6B41_4653 => Some("AFS"),
        0x00C3_6400 => Some("Ceph"),
        0x7375_7245 => Some("Coda"),
        0x0BD0_0BD0 => Some("Lustre"),
        0x4750_4653 => Some("GPFS"),
        // sshfs and the folders of many sync programs, which do not say more.
        0x6573_5546 => Some("FUSE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_systems_of_other_machines_are_known_by_their_number() {
        let case = |number: u64, expected: Option<&str>| assert_eq!(name_of(number), expected, "of {number:x}");
        case(0x6969, Some("NFS"));
        case(0xFE53_4D42, Some("SMB"));
        case(0x6573_5546, Some("FUSE"));
        case(0xEF53, None);
        case(0x0102_1994, None);
        assert_eq!(network_file_system(Path::new("/proc/a.ron")), None);
    }
}
