"""One row of each model as the cast may meet it: at the company, known to Alice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import models

from gonghui.core.access.models import Role
from gonghui.core.orgs.models import STEP, Kind, Org
from tests.cast import Cast
from tests.factories.activities import ActivityFactory, ResourceFactory, SeriesFactory
from tests.factories.archive import (
    MaterialFactory,
    PieceFactory,
    RecommendationFactory,
    VolumeFactory,
)
from tests.factories.bodies import AssociationReviewFactory, ContactFactory, ProspectFactory
from tests.factories.cadres import (
    EntitlementFactory,
    OfficeTimeFactory,
    RatingFactory,
    RegulationFactory,
)
from tests.factories.care import DismissalFactory, HardshipFactory
from tests.factories.communication import PublicationFactory
from tests.factories.core import AttachmentFactory, EntryFactory, JobFactory
from tests.factories.credits import CreditFactory
from tests.factories.elections import (
    ChairDutyFactory,
    DepartureFactory,
    ElectionFactory,
    TermFactory,
)
from tests.factories.evaluation import (
    ContenderFactory,
    ObjectionFactory,
    ReviewFactory,
    RoundFactory,
)
from tests.factories.evaluation import SchemeFactory as EvaluationFactory
from tests.factories.exchange import BatchFactory
from tests.factories.goals import GoalFactory, GrowthPlanFactory
from tests.factories.honours import HonourFactory
from tests.factories.learning import (
    HireFactory,
    LeaveFactory,
    PartTimeFactory,
    SeasonFactory,
    SloganFactory,
    StudyItemFactory,
)
from tests.factories.membership import ApplicationFactory, MergeFactory, TransferFactory
from tests.factories.mentoring import (
    AppraisalFactory,
    DegreeTargetFactory,
    GoingFactory,
    LadderFactory,
    LessonFactory,
    OfferFactory,
    PairFactory,
    PlacementFactory,
    RecognitionFactory,
    TrackFactory,
)
from tests.factories.organisation import (
    GrantFactory,
    OrgFactory,
    PersonFactory,
    PostFactory,
    RoleFactory,
)
from tests.factories.plans import DirectiveFactory, DraftFactory, ItemFactory, PlanFactory
from tests.factories.reading import (
    BookFactory,
    BookroomFactory,
    CircleFactory,
    CopyFactory,
    LoanFactory,
    ReservationFactory,
)
from tests.factories.record import CorrectionFactory, RevealFactory
from tests.factories.records import CertificateFactory, ContributionFactory
from tests.factories.reports import PaperFactory, WordingFactory
from tests.factories.signing import DelegationFactory, RegistrationFactory
from tests.factories.statistics import CollectionFactory, FilingFactory
from tests.factories.statistics import FormFactory as StatisticalFormFactory
from tests.factories.teams import (
    EnlistmentFactory,
    EvidenceFactory,
    IncentiveFactory,
    InstructorFactory,
    StageFactory,
    StudyPlanFactory,
    TopicFactory,
)
from tests.factories.titles import TitleFactory
from tests.factories.training import (
    AttemptFactory,
    CourseFactory,
    DemandFactory,
    ExerciseFactory,
    LearnerFactory,
    OutcomeFactory,
    OutsiderFactory,
    ProgrammeFactory,
    ProviderFactory,
    QuizFactory,
)
from tests.factories.volunteering import NeedFactory, PartnerFactory
from tests.factories.watch import FindingFactory

Make = Callable[[Cast, Org], models.Model]


def _plan(cast: Cast, org: Org) -> models.Model:
    """With its draft, as every plan has one."""
    return DraftFactory(plan=PlanFactory(org=org, author=cast.alice)).plan


def _post(cast: Cast, org: Org) -> models.Model:
    return PostFactory(person=PersonFactory(org=org))


def _review(cast: Cast, org: Org) -> models.Model:
    """Of an association of its own: one is reviewed once a day."""
    body = OrgFactory(parent=org, kind=Kind.ASSOCIATION)
    return AssociationReviewFactory(org=body)


def _post_of(org: Org) -> models.Model:
    return PostFactory(person=PersonFactory(org=org), title="主席")


def _term(cast: Cast, org: Org) -> models.Model:
    """Of a union below: each has one running term."""
    kind = Kind.WORKSHOP if org.kind == Kind.BRANCH else Kind.GRASSROOTS
    return TermFactory(org=OrgFactory(parent=org, kind=kind))


def _season(cast: Cast, org: Org) -> models.Model:
    """Of a body of its own: a union has one term at a time."""
    return SeasonFactory(org=OrgFactory(parent=org, kind=Kind.YEAR_GROUP))


def _transfer(cast: Cast, org: Org) -> models.Model:
    """To another union of the same city."""
    return TransferFactory(person=PersonFactory(org=org), to=OrgFactory(parent=cast.city))


def _grant(cast: Cast, org: Org) -> models.Model:
    return GrantFactory(person=PersonFactory(org=org), role=Role.objects.get(name="会员"))


def _contender(cast: Cast, org: Org) -> models.Model:
    """In a round of the city or of the other one, while it is open to applications."""
    city = org if org.parent is None else Org.objects.get(path=org.path[: 2 * STEP])
    return ContenderFactory(org=org, round__org=city, round__state="applying")


def _filing(cast: Cast, org: Org) -> models.Model:
    """Asked for by the union above, whose own it is summed in."""
    above = FilingFactory(org=org.parent or org, collection__org=org.parent or org)
    return FilingFactory(org=org, collection=above.collection, above=above)


MAKE: dict[str, Make] = {
    "orgs.org": lambda cast, org: OrgFactory(parent=org, kind=Kind.TEAM),
    "orgs.orgversion": lambda cast, org: OrgFactory(parent=org, kind=Kind.TEAM).versions.get(),
    "people.person": lambda cast, org: PersonFactory(org=org),
    "people.post": _post,
    "people.reveal": lambda cast, org: RevealFactory(person=PersonFactory(org=org), by=cast.frank),
    "people.correction": lambda cast, org: CorrectionFactory(person=PersonFactory(org=org)),
    "access.role": lambda cast, org: RoleFactory(),
    "access.grant": _grant,
    "history.entry": lambda cast, org: EntryFactory(subject=org, by=cast.actor("frank")),
    "exchange.batch": lambda cast, org: BatchFactory(org=org),
    "jobs.job": lambda cast, org: JobFactory(org=org, by=cast.frank),
    "files.attachment": lambda cast, org: AttachmentFactory(subject=org),
    "credits.credit": lambda cast, org: CreditFactory(org=org, person=cast.alice),
    "watch.finding": lambda cast, org: FindingFactory(org=org, about=org.pk),
    "activities.activity": lambda cast, org: ActivityFactory(org=org, organiser=cast.alice),
    "signing.delegation": lambda cast, org: DelegationFactory(activity__org=org, org=org),
    "signing.registration": lambda cast, org: RegistrationFactory(
        activity__org=org, person=cast.alice
    ),
    "records.certificate": lambda cast, org: CertificateFactory(
        registration__activity__org=org, registration__person=cast.alice
    ),
    "records.contribution": lambda cast, org: ContributionFactory(
        registration__activity__org=org, registration__person=cast.alice
    ),
    "activities.series": lambda cast, org: SeriesFactory(org=org, organiser=cast.alice),
    "activities.resource": lambda cast, org: ResourceFactory(org=org),
    "organisation.prospect": lambda cast, org: ProspectFactory(org=org),
    "organisation.associationreview": _review,
    "organisation.contact": lambda cast, org: ContactFactory(org=org),
    "cadres.regulation": lambda cast, org: RegulationFactory(org=org),
    "cadres.entitlement": lambda cast, org: EntitlementFactory(person=PersonFactory(org=org)),
    "communication.publication": lambda cast, org: PublicationFactory(org=org),
    "honours.honour": lambda cast, org: HonourFactory(person=PersonFactory(org=org)),
    "care.dismissal": lambda cast, org: DismissalFactory(person=PersonFactory(org=org)),
    "cadres.officetime": lambda cast, org: OfficeTimeFactory(person=PersonFactory(org=org)),
    "care.hardship": lambda cast, org: HardshipFactory(person=PersonFactory(org=org)),
    "titles.title": lambda cast, org: TitleFactory(org=org),
    "evaluation.scheme": lambda cast, org: EvaluationFactory(org=org),
    "evaluation.round": lambda cast, org: RoundFactory(org=org),
    "evaluation.contender": _contender,
    "evaluation.objection": lambda cast, org: ObjectionFactory(round__org=org),
    "evaluation.review": lambda cast, org: ReviewFactory(
        contender__org=org, rater__person=cast.alice
    ),
    "statistics.form": lambda cast, org: StatisticalFormFactory(org=org),
    "statistics.collection": lambda cast, org: CollectionFactory(org=org),
    "statistics.filing": _filing,
    "cadres.rating": lambda cast, org: RatingFactory(person=PersonFactory(org=org)),
    "elections.term": _term,
    "elections.election": lambda cast, org: ElectionFactory(org=org),
    "elections.chairduty": lambda cast, org: ChairDutyFactory(post=_post_of(org)),
    "elections.departure": lambda cast, org: DepartureFactory(post=_post_of(org)),
    "membership.application": lambda cast, org: ApplicationFactory(
        person=PersonFactory(org=org), org=org
    ),
    "membership.merge": lambda cast, org: MergeFactory(
        kept=PersonFactory(org=org), gone=PersonFactory(org=org)
    ),
    "membership.transfer": _transfer,
    "teams.enlistment": lambda cast, org: EnlistmentFactory(
        org=OrgFactory(parent=org, kind=Kind.TEAM)
    ),
    "teams.stage": lambda cast, org: StageFactory(org=org),
    "teams.studyplan": lambda cast, org: StudyPlanFactory(org=org),
    "teams.instructor": lambda cast, org: InstructorFactory(org=org),
    "teams.topic": lambda cast, org: TopicFactory(org=org),
    "teams.evidence": lambda cast, org: EvidenceFactory(org=org),
    "teams.incentive": lambda cast, org: IncentiveFactory(org=org),
    "goals.goal": lambda cast, org: GoalFactory(org=org),
    "goals.growthplan": lambda cast, org: GrowthPlanFactory(org=org, person=PersonFactory(org=org)),
    "mentoring.pair": lambda cast, org: PairFactory(
        org=org, apprentice=cast.alice, grade="passed", ended_on=date(2027, 2, 28)
    ),
    "mentoring.lesson": lambda cast, org: LessonFactory(pair__org=org, pair__apprentice=cast.alice),
    "mentoring.track": lambda cast, org: TrackFactory(org=org),
    "mentoring.ladder": lambda cast, org: LadderFactory(org=org),
    "mentoring.placement": lambda cast, org: PlacementFactory(person=PersonFactory(org=org)),
    "mentoring.degreetarget": lambda cast, org: DegreeTargetFactory(org=org),
    "mentoring.offer": lambda cast, org: OfferFactory(org=org),
    "mentoring.going": lambda cast, org: GoingFactory(offer__org=org, person=cast.alice),
    "mentoring.recognition": lambda cast, org: RecognitionFactory(person=PersonFactory(org=org)),
    "mentoring.appraisal": lambda cast, org: AppraisalFactory(person=PersonFactory(org=org)),
    "reading.bookroom": lambda cast, org: BookroomFactory(org=org, keeper=cast.alice),
    "reading.book": lambda cast, org: BookFactory(bookroom__org=org),
    "reading.copy": lambda cast, org: CopyFactory(book__bookroom__org=org),
    "reading.loan": lambda cast, org: LoanFactory(copy__book__bookroom__org=org, reader=cast.alice),
    "reading.reservation": lambda cast, org: ReservationFactory(
        book__bookroom__org=org, reader=cast.alice
    ),
    "reading.circle": lambda cast, org: CircleFactory(org=org, leader=cast.alice),
    "volunteering.partner": lambda cast, org: PartnerFactory(org=org),
    "volunteering.need": lambda cast, org: NeedFactory(org=org),
    "archive.piece": lambda cast, org: PieceFactory(
        person=cast.alice, org=org, kind="course", state="confirmed"
    ),
    "archive.recommendation": lambda cast, org: RecommendationFactory(org=org),
    "archive.material": lambda cast, org: MaterialFactory(org=org),
    "archive.volume": lambda cast, org: VolumeFactory(person=PersonFactory(org=org)),
    "learning.studyrule": lambda cast, org: StudyItemFactory(rule__org=org).rule,
    "learning.leave": lambda cast, org: LeaveFactory(person=PersonFactory(org=org)),
    "learning.parttime": lambda cast, org: PartTimeFactory(person=PersonFactory(org=org)),
    "learning.hire": lambda cast, org: HireFactory(person=PersonFactory(org=org)),
    "learning.season": _season,
    "learning.slogan": lambda cast, org: SloganFactory(org=org),
    "training.demand": lambda cast, org: DemandFactory(
        org=org, programme=ProgrammeFactory(org=org)
    ),
    "training.provider": lambda cast, org: ProviderFactory(org=org),
    "training.programme": lambda cast, org: ProgrammeFactory(org=org),
    "training.course": lambda cast, org: CourseFactory(org=org),
    "training.outsider": lambda cast, org: OutsiderFactory(org=org),
    "training.learner": lambda cast, org: LearnerFactory(course__org=org),
    "training.outcome": lambda cast, org: OutcomeFactory(learner__course__org=org),
    "training.exercise": lambda cast, org: ExerciseFactory(org=org),
    "training.quiz": lambda cast, org: QuizFactory(org=org),
    "training.attempt": lambda cast, org: AttemptFactory(
        quiz__org=org, person=PersonFactory(org=org)
    ),
    "plans.plan": _plan,
    "plans.item": lambda cast, org: ItemFactory(org=org, owner=cast.alice),
    "plans.directive": lambda cast, org: DirectiveFactory(org=org),
    "reports.paper": lambda cast, org: PaperFactory(org=org),
    "reports.wording": lambda cast, org: WordingFactory(org=org),
}


def row(label: str, cast: Cast, org: Org | None = None) -> models.Model:
    """A row at the company or at the body given."""
    return MAKE[label](cast, org or cast.company)
