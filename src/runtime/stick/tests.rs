//! A temporary folder stands for the stick.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use super::*;
use crate::{
    app::{
        effect::Effect,
        msg::{Msg, News},
    },
    cli::sample,
    document::Wording,
    domain::{
        command::{Capture, Command, Request},
        ids::{CommandId, RecordId},
        kind::Kind,
        policy::Role,
    },
    i18n::Lang,
    keymap::Keymap,
    runtime::{
        clock::Clock,
        effects::Deeds,
        house::{Card, House, Kit},
        inbox::{Happening, Inbox},
        words,
    },
    store::{OpenOptions, Store},
};

const SECRET: &str = "zqkin";
const PATIENCE: Duration = Duration::from_mins(5);

/// A folder with the sample session and a line off the record, and a stick beside it.
struct Office {
    folder: tempfile::TempDir,
    store: Store,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("stick")).unwrap();
        let mut store = Store::open(&folder.path().join("data"), OpenOptions::new(1, "test")).unwrap();
        let requests = sample::requests();
        let first = requests.first().unwrap().clone();
        for request in &requests {
            store.commit(request).unwrap();
        }
        let capture = Capture {
            record: RecordId(0xd1),
            kind: Kind::Difficulty,
            text: SECRET.to_owned(),
            said_at: first.at,
            details: Vec::new(),
            off_record: true,
        };
        let command = Command::Capture(Box::new(capture));
        store.commit(&Request { command_id: CommandId(0xd1), command, ..first }).unwrap();
        Self { folder, store }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn papers(&self) -> Papers {
        let wording = Arc::new(Wording::new(&BTreeMap::new()).unwrap());
        Papers { folder: self.path("exports"), config: self.path("config"), wording }
    }

    fn luggage(&mut self) -> Luggage {
        Luggage {
            papers: self.papers(),
            backups: self.store.backups(),
            board: self.store.board(sample::SCOPE).unwrap(),
            stem: "2023-Q1".to_owned(),
            at: DateTime::parse_from_rfc3339("2023-03-10T11:42:59+07:00").unwrap(),
        }
    }
}

/// What is in a folder, hidden names too.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn removable_disks_that_take_writes_are_found_in_the_table_of_a_linux() {
    let table = "\
sysfs /sys sysfs rw,nosuid 0 0
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
/dev/sdb1 /media/lan/KINGSTON vfat rw,nosuid,nodev 0 0
/dev/sdc1 /run/media/lan/Văn\\040bản exfat rw 0 0
/dev/sdc2 /run/media/lan/Cong\\040viec\\134a exfat rw 0 0
/dev/sr0 /media/lan/CD iso9660 ro,nosuid 0 0
server:/x /media/lan/chung nfs4 rw 0 0
/dev/sdd1 /mnt/data ext4 rw 0 0
/dev/sde1 /mediana/x ext4 rw 0 0
/dev/sdf1 /media/lan/OLD vfat rw 0 0
/dev/sdf1 /media/lan/OLD vfat ro 0 0
/dev/sdg1 /media/lan/Tài-liệu vfat nosuid,rw 0 0

garbage
";
    let paths = [
        "/media/lan/KINGSTON",
        "/media/lan/Tài-liệu",
        "/run/media/lan/Cong viec\\a",
        "/run/media/lan/Văn bản",
    ];
    assert_eq!(mounted(table), paths.map(PathBuf::from));
    assert_eq!(mounted(""), Vec::<PathBuf>::new());
}

#[test]
fn and_in_what_mount_says_elsewhere() {
    let table = "\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk4s1 on /Volumes/MY STICK (1) (msdos, local, nodev, nosuid, noowners)
/dev/disk5s1 on /Volumes/Install (hfs, local, nodev, read-only)
//lan@server/x on /Volumes/x (smbfs, nodev)
map auto_home on /System/Volumes/Data/home (autofs, automounted)
";
    assert_eq!(mounted(table), [PathBuf::from("/Volumes/MY STICK (1)")]);
}

#[test]
fn a_copy_holds_the_papers_as_they_are_exported_and_a_backup_without_what_is_off_the_record() {
    let mut office = Office::new();
    let (luggage, stick) = (office.luggage(), office.path("stick"));
    let mut heard = Vec::new();
    let copied = luggage
        .copy(&stick, &mut |done, total| {
            heard.push(done * 1000 / total);
            true
        })
        .unwrap();
    assert!(heard.is_sorted() && heard.last() == Some(&1000), "{heard:?}");
    assert_eq!(copied.folder, stick.join("hoinghi_2023-Q1_2023-03-10_1142"));
    assert_eq!(names(&stick), BTreeSet::from(["hoinghi_2023-Q1_2023-03-10_1142".to_owned()]));
    let mut expected = {
        luggage.papers.write(&luggage.board, ("2023-Q1".to_owned(), Depth::Full), &mut |_| true).unwrap();
        names(&office.path("exports"))
    };
    for name in &expected {
        let [here, there] =
            [&office.path("exports"), &copied.folder].map(|folder| fs::read(folder.join(name)).unwrap());
        assert!(here == there, "{name}");
    }
    assert_eq!((copied.papers, copied.withheld), (expected.len(), 1));
    assert!(expected.insert(BACKUP.to_owned()));
    assert_eq!(names(&copied.folder), expected);
    for name in expected {
        let bytes = fs::read(copied.folder.join(&name)).unwrap();
        assert!(memchr::memmem::find(&bytes, SECRET.as_bytes()).is_none(), "{name}");
    }

    let mut restored = Store::open(&office.path("restored"), OpenOptions::new(2, "test")).unwrap();
    let report = restored.restore(&copied.folder.join(BACKUP)).unwrap();
    assert_eq!((report.new as u64, report.complete), (copied.changes, Some(true)));
    assert_eq!(restored.board(sample::SCOPE).unwrap(), luggage.board);
}

#[test]
fn no_copy_takes_the_name_of_another() {
    let stick = tempfile::tempdir().unwrap();
    fs::create_dir(stick.path().join("a")).unwrap();
    fs::create_dir(stick.path().join(".a_2.part")).unwrap();
    let (part, folder) = begin(stick.path(), "a").unwrap();
    assert_eq!((part, folder), (stick.path().join(".a_3.part"), stick.path().join("a_3")));
}

#[test]
fn a_copy_that_is_given_up_leaves_nothing_whenever_that_is() {
    let mut office = Office::new();
    let (luggage, stick) = (office.luggage(), office.path("stick"));
    let mut steps = 0;
    let mut hidden = None;
    let first = luggage.copy(&stick, &mut |_, _| {
        hidden = names(&stick).into_iter().next();
        false
    });
    assert_eq!(first, Err(StickError::GivenUp));
    assert_eq!(hidden.as_deref(), Some(".hoinghi_2023-Q1_2023-03-10_1142.part"), "until it is whole");
    let late = luggage.copy(&stick, &mut |done, total| {
        steps += 1;
        done * 10 <= total * PAPERS
    });
    assert_eq!(late, Err(StickError::GivenUp));
    assert!(steps > 2);
    assert_eq!(names(&stick), BTreeSet::new());
}

#[test]
fn a_stick_that_is_pulled_out_is_told_and_nothing_is_made_where_it_was() {
    let mut office = Office::new();
    let (luggage, stick) = (office.luggage(), office.path("stick"));
    let pulled = luggage.copy(&stick, &mut |_, _| {
        fs::remove_dir_all(&stick).unwrap();
        true
    });
    assert_eq!(pulled, Err(StickError::Gone));
    assert!(!stick.exists());
    assert_eq!(luggage.copy(&stick, &mut |_, _| true), Err(StickError::Gone));
    assert!(!stick.exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stick_and_one_that_takes_no_writes_are_told_and_nothing_is_left_there() {
    let mut office = Office::new();
    let (luggage, stick) = (office.luggage(), office.path("stick"));
    let full = luggage.copy(&stick, &mut |_, _| {
        let part = stick.join(names(&stick).first().unwrap());
        drop(std::os::unix::fs::symlink("/dev/full", part.join(format!("{BACKUP}.new"))));
        true
    });
    assert_eq!(full, Err(StickError::Full));
    assert_eq!(names(&stick), BTreeSet::new());
    assert_eq!(luggage.copy(Path::new("/sys/kernel"), &mut |_, _| true), Err(StickError::ReadOnly));
}

#[test]
fn what_is_not_the_sticks_fault_is_told_as_what_it_is() {
    let mut office = Office::new();
    let (luggage, stick) = (office.luggage(), office.path("stick"));
    fs::create_dir_all(office.path("config/profiles")).unwrap();
    fs::write(office.path("config/profiles/a.toml"), "x =").unwrap();
    assert!(matches!(luggage.copy(&stick, &mut |_, _| true), Err(StickError::Papers(_))));
    let elsewhere = StoreError::Io {
        path: office.path("data/log"),
        kind: io::ErrorKind::NotFound,
        detail: String::new(),
    };
    assert_eq!(of_store(elsewhere.clone(), &stick), StickError::Backup(elsewhere));
    assert_eq!(names(&stick), BTreeSet::new());
}

#[test]
fn every_end_is_worded_in_both_languages() {
    for lang in [Lang::Vietnamese, Lang::English] {
        let strings = lang.strings();
        let said: BTreeSet<String> =
            [StickError::Gone, StickError::Full, StickError::ReadOnly, StickError::GivenUp]
                .iter()
                .map(|error| words::stick_error(strings, error))
                .collect();
        assert_eq!(said.len(), 4, "{said:?}");
        let folder = PathBuf::from("/media/lan/KINGSTON/hoinghi_2023-Q1");
        let copied = Copied { folder, papers: 22, changes: 180, missing: 3, withheld: 1 };
        let lines = words::copied(strings, &copied);
        assert!(lines[0].contains("22") && lines[0].contains("Eject"), "{lines:?}");
        for shown in ["/media/lan/KINGSTON/hoinghi_2023-Q1", BACKUP, "180", "3"] {
            assert!(lines.iter().any(|line| line.contains(shown)), "{shown}: {lines:?}");
        }
        assert_eq!(lines.len(), 5);
        assert_eq!(words::copied(strings, &Copied { missing: 0, withheld: 0, ..copied }).len(), 3);
    }
}

/// A house on the office, and the hands of a seat in it.
fn seated(office: Office, is_away: bool) -> (tempfile::TempDir, Arc<House>, Deeds, Inbox) {
    let papers = office.papers();
    let kit = Kit {
        clock: Clock::system(),
        config: office.path("config"),
        keymap: Arc::new(Keymap::default()),
        wording: Arc::clone(&papers.wording),
        rests_at: None,
        elsewhere: String::new(),
    };
    let Office { folder, mut store } = office;
    let (board, private) = store.boards(sample::SCOPE).unwrap();
    let (inbox, outlet) = Inbox::new();
    let host = Card::new("Lan".into(), Role::Facilitator, "host".to_owned(), outlet.clone());
    let house = House::open(store, kit, papers, host).unwrap();
    house.note_board(board, private);
    let deeds = Deeds::new(house.host("host".to_owned()), outlet, (Lang::Vietnamese, is_away));
    (folder, house, deeds, inbox)
}

/// What a deed tells at last.
fn answer(inbox: &mut Inbox, is_it: impl Fn(&Msg) -> bool) -> Msg {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let done = inbox.wait(Some(PATIENCE)).into_iter().filter_map(|happening| match happening {
            Happening::Done(msg) => Some(msg),
            _ => None,
        });
        if let Some(msg) = done.filter(|msg| is_it(msg)).last() {
            return msg;
        }
    }
    panic!("waited in vain")
}

fn is_end(msg: &Msg) -> bool {
    matches!(msg, Msg::Work { generation: 7, news: News::Done(_) | News::GivenUp })
}

#[test]
fn the_hosts_seat_copies_while_the_writer_goes_on() {
    let (folder, house, mut deeds, mut inbox) = seated(Office::new(), false);
    let stick = folder.path().join("stick");
    let path = stick.to_str().unwrap().to_owned();
    let wish = Effect::CopyToStick { generation: 7, scope: sample::SCOPE, stick: path };
    deeds.run(vec![wish.clone()]);
    let told = answer(&mut inbox, is_end);
    let Msg::Work { news: News::Done(msg), .. } = &told else { panic!("{told:?}") };
    assert!(matches!(&**msg, Msg::CopiedOut(lines) if lines.len() >= 4), "{msg:?}");
    assert_eq!(names(&stick).len(), 1);
    deeds.run(vec![wish, Effect::GiveUp]);
    let told = answer(&mut inbox, is_end);
    assert_eq!(told, Msg::Work { generation: 7, news: News::GivenUp });
    assert_eq!(names(&stick).len(), 1);
    drop(deeds);
    house.close(Vec::new()).unwrap();
}

#[test]
fn whoever_sits_at_another_computer_neither_opens_nor_copies_anything() {
    let (folder, house, mut deeds, mut inbox) = seated(Office::new(), true);
    let stick = folder.path().join("stick");
    let path = stick.to_str().unwrap().to_owned();
    let why = Lang::Vietnamese.strings().table.door.not_from_away;
    let refused = |msg: &Msg| matches!(msg, Msg::Failed(what) if what == why);
    deeds.run(vec![Effect::OpenFolder]);
    answer(&mut inbox, refused);
    deeds.run(vec![Effect::FindSticks]);
    answer(&mut inbox, refused);
    deeds.run(vec![Effect::CopyToStick { generation: 7, scope: sample::SCOPE, stick: path }]);
    let told = answer(&mut inbox, is_end);
    assert_eq!(told, Msg::Work { generation: 7, news: News::Done(Box::new(Msg::Failed(why.to_owned()))) });
    assert_eq!(names(&stick), BTreeSet::new());
    drop(deeds);
    house.close(Vec::new()).unwrap();
}

#[test]
fn a_folder_for_papers_that_is_not_there_is_not_made() {
    let (folder, house, mut deeds, mut inbox) = seated(Office::new(), false);
    deeds.run(vec![Effect::OpenFolder]);
    answer(&mut inbox, |msg| *msg == Msg::NothingExported);
    assert!(!folder.path().join("exports").exists());
    drop(deeds);
    house.close(Vec::new()).unwrap();
}
